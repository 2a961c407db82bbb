import COneDNN
import Engines

/// The functions of oneDNN and of its OpenMP run time that Assay calls.
///
/// All are addresses of code, which any thread may use.
struct OneDNNFunctions: @unchecked Sendable {
    let version: OneDNNGetVersion
    let instructionSet: OneDNNGetInstructionSet
    let createEngine: OneDNNCreateEngine
    let createStream: OneDNNCreateStream
    let waitStream: OneDNNWaitStream
    let destroyStream: OneDNNDestroyStream
    let describeWithStrides: OneDNNDescribeWithStrides
    let describeWithTag: OneDNNDescribeWithTag
    let cloneDescriptor: OneDNNCloneDescriptor
    let permuteDescriptor: OneDNNPermuteDescriptor
    let equalDescriptors: OneDNNEqualDescriptors
    let descriptorSize: OneDNNDescriptorSize
    let queryLayout: OneDNNQueryLayout
    let destroyDescriptor: OneDNNDestroyDescriptor
    let createMemory: OneDNNCreateMemory
    let setAddress: OneDNNSetAddress
    let destroyMemory: OneDNNDestroyMemory
    let createAttributes: OneDNNCreateAttributes
    let destroyAttributes: OneDNNDestroyAttributes
    let setScratchpadMode: OneDNNSetScratchpadMode
    let setPostOperations: OneDNNSetPostOperations
    let setScales: OneDNNSetMask
    let setZeroPoints: OneDNNSetMask
    let createPostOperations: OneDNNCreatePostOperations
    let destroyPostOperations: OneDNNDestroyPostOperations
    let appendEltwise: OneDNNAppendEltwise
    let appendBinary: OneDNNAppendBinary
    let queryDescriptor: OneDNNQueryDescriptor
    let queryPrimitive: OneDNNQueryPrimitive
    let destroyPrimitiveDescriptor: OneDNNDestroyPrimitiveDescriptor
    let createPrimitive: OneDNNCreatePrimitive
    let execute: OneDNNExecute
    let destroyPrimitive: OneDNNDestroyPrimitive
    let convolution: OneDNNDescribeConvolution
    let deconvolution: OneDNNDescribeConvolution
    let product: OneDNNDescribeProduct
    let pooling: OneDNNDescribePooling
    let batchNormalization: OneDNNDescribeBatchNormalization
    let layerNormalization: OneDNNDescribeLayerNormalization
    let responseNormalization: OneDNNDescribeResponseNormalization
    let softmax: OneDNNDescribeSoftmax
    let binary: OneDNNDescribeBinary
    let eltwise: OneDNNDescribeEltwise
    let resampling: OneDNNDescribeResampling
    let reorder: OneDNNDescribeReorder
    let concatenation: OneDNNDescribeConcatenation
    let setThreads: OpenMPSetThreads
    let threads: OpenMPGetThreads
    let threadNumber: OpenMPGetThreadNumber
    let parallel: OpenMPParallel

    /// Looks every function up.
    ///
    /// - Throws: `EngineError` of code `unavailable` that names the first one missing.
    init(_ library: DynamicLibrary) throws(EngineError) {
        func find<Function>(_ name: String) throws(EngineError) -> Function {
            try library.function(name, engine: NativeEngineFactory.engineName)
        }
        version = try find("dnnl_version")
        instructionSet = try find("dnnl_get_effective_cpu_isa")
        createEngine = try find("dnnl_engine_create")
        createStream = try find("dnnl_stream_create")
        waitStream = try find("dnnl_stream_wait")
        destroyStream = try find("dnnl_stream_destroy")
        describeWithStrides = try find("dnnl_memory_desc_create_with_strides")
        describeWithTag = try find("dnnl_memory_desc_create_with_tag")
        cloneDescriptor = try find("dnnl_memory_desc_clone")
        permuteDescriptor = try find("dnnl_memory_desc_permute_axes")
        equalDescriptors = try find("dnnl_memory_desc_equal")
        descriptorSize = try find("dnnl_memory_desc_get_size")
        queryLayout = try find("dnnl_memory_desc_query")
        destroyDescriptor = try find("dnnl_memory_desc_destroy")
        createMemory = try find("dnnl_memory_create")
        setAddress = try find("dnnl_memory_set_data_handle")
        destroyMemory = try find("dnnl_memory_destroy")
        createAttributes = try find("dnnl_primitive_attr_create")
        destroyAttributes = try find("dnnl_primitive_attr_destroy")
        setScratchpadMode = try find("dnnl_primitive_attr_set_scratchpad_mode")
        setPostOperations = try find("dnnl_primitive_attr_set_post_ops")
        setScales = try find("dnnl_primitive_attr_set_scales_mask")
        setZeroPoints = try find("dnnl_primitive_attr_set_zero_points_mask")
        createPostOperations = try find("dnnl_post_ops_create")
        destroyPostOperations = try find("dnnl_post_ops_destroy")
        appendEltwise = try find("dnnl_post_ops_append_eltwise")
        appendBinary = try find("dnnl_post_ops_append_binary")
        queryDescriptor = try find("dnnl_primitive_desc_query_md")
        queryPrimitive = try find("dnnl_primitive_desc_query")
        destroyPrimitiveDescriptor = try find("dnnl_primitive_desc_destroy")
        createPrimitive = try find("dnnl_primitive_create")
        execute = try find("dnnl_primitive_execute")
        destroyPrimitive = try find("dnnl_primitive_destroy")
        convolution = try find("dnnl_convolution_forward_primitive_desc_create")
        deconvolution = try find("dnnl_deconvolution_forward_primitive_desc_create")
        product = try find("dnnl_matmul_primitive_desc_create")
        pooling = try find("dnnl_pooling_forward_primitive_desc_create")
        batchNormalization = try find("dnnl_batch_normalization_forward_primitive_desc_create")
        layerNormalization = try find("dnnl_layer_normalization_forward_primitive_desc_create")
        responseNormalization = try find("dnnl_lrn_forward_primitive_desc_create")
        softmax = try find("dnnl_softmax_forward_primitive_desc_create")
        binary = try find("dnnl_binary_primitive_desc_create")
        eltwise = try find("dnnl_eltwise_forward_primitive_desc_create")
        resampling = try find("dnnl_resampling_forward_primitive_desc_create")
        reorder = try find("dnnl_reorder_primitive_desc_create")
        concatenation = try find("dnnl_concat_primitive_desc_create")
        setThreads = try find("omp_set_num_threads")
        threads = try find("omp_get_max_threads")
        threadNumber = try find("omp_get_thread_num")
        parallel = try find("GOMP_parallel")
    }
}
