import Studies
import Testing

/// The verbose output of oneDNN as its developer guide and its releases print it.
@Suite("Calls of a library of kernels")
struct LibraryCallTests {
    @Test("lines of oneDNN 2 and 3, with and without time stamps")
    func lines() {
        let text = """
            onednn_verbose,info,oneDNN v3.2.0 (commit 40112196287e8866a7457df35d817229756f96d9)
            onednn_verbose,info,prim_template:operation,engine,primitive,implementation,prop_kind,memory_descriptors
            onednn_verbose,exec,cpu,convolution,jit:avx512_core,forward_inference,src_f32::blocked:acdb:f0 wei_f32,attr-scratchpad:user ,alg:convolution_direct,mb1_ic3oc64_ih224oh111kh3sh2dh0ph0,0.282959
            onednn_verbose,1700000000123.456787,exec,cpu,pooling_v2,jit:avx512_core,forward_inference,src_f32,,alg:pooling_max,mb1ic64,0.0351562
            noise of another library, 12
            onednn_verbose,v1,1700000000124.5,primitive,exec,cpu,matmul,brg_matmul:avx512_core,undef,src_f32,,,1x512:512x1000,1.5
            onednn_verbose,primitive,create:cache_hit,cpu,matmul,gemm:jit,undef,src_f32,,,1x512:512x1000,0.01
            dnnl_verbose,exec,cpu,reorder,simple:any,undef,src_f32 dst_f32,,,1x3,0.002
            """
        let calls = LibraryCall.all(inVerboseOutput: text)
        #expect(calls.map(\.kind) == ["convolution", "pooling_v2", "matmul", "reorder"])
        #expect(
            calls.map(\.implementation) == [
                "jit:avx512_core", "jit:avx512_core", "brg_matmul:avx512_core", "simple:any",
            ])
        #expect(calls.map(\.duration) == [282_959, 35_156, 1_500_000, 2_000])
        #expect(
            calls.map(\.start) == [nil, 1_700_000_000_123_457_000, 1_700_000_000_124_500_000, nil],
            "\(calls.map(\.start))")
        #expect(calls[0].problem == "mb1_ic3oc64_ih224oh111kh3sh2dh0ph0")
    }

    @Test("a stamp beyond the times that there are is none", arguments: ["9999999999999", "inf", "1e300", "-5", "0"])
    func impossibleStamp(stamp: String) {
        let line = "onednn_verbose,\(stamp),exec,cpu,matmul,gemm:jit,undef,src_f32,,,1x512:512x1000,1.5"
        let calls = LibraryCall.all(inVerboseOutput: line)
        #expect(calls.map(\.start) == [nil] && calls.map(\.duration) == [1_500_000])
    }

    @Test(
        "lines that were cut or damaged are left out",
        arguments: [
            "onednn_verbose,", "onednn_verbose,exec,cpu", "onednn_verbose,exec,cpu,convolution,jit,fwd,x",
            "onednn_verbose,exec,cpu,convolution,jit,forward,nan", "onednn_verbose,exec,cpu,convolution,jit,forward,-1",
            "",
        ])
    func damaged(line: String) {
        #expect(LibraryCall.all(inVerboseOutput: line).isEmpty)
    }
}
