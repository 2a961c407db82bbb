import COpenVINO
import Engines

/// The functions of `libopenvino_c` that Assay calls; present since release 2023.2.
///
/// All are addresses of code, which any thread may use.
struct Functions: @unchecked Sendable {
    let getVersion: OVGetVersion
    let freeVersion: OVFreeVersion
    let lastErrorMessage: OVGetLastErrorMessage
    let free: OVFree
    let createCore: OVCreateCore
    let coreProperty: OVCoreGetProperty
    let readModel: OVReadModel
    let readModelFromMemory: OVReadModelFromMemory
    /// Variadic, so an address to Swift; `assay_ov_compile` calls it.
    let compileModel: OVCompileModel
    let modelInput: OVGetModelPort
    let inputCount: OVCountPorts
    let outputCount: OVCountPorts
    let input: OVGetPort
    let output: OVGetPort
    let compiledModelProperty: OVCompiledModelGetProperty
    let createInferRequest: OVCreateInferRequest
    let portName: OVPortGetName
    let portElementType: OVPortGetElementType
    let portShape: OVPortGetPartialShape
    let freePartialShape: OVFreePartialShape
    let setInput: OVSetTensor
    let setOutput: OVSetTensor
    let getOutput: OVGetTensor
    let infer: OVInfer
    let profilingInfo: OVGetProfilingInfo
    let freeProfilingInfo: OVFreeProfilingInfo
    let exportModel: OVExportModel
    let createTensor: OVCreateTensorOverMemory
    let tensorShape: OVTensorGetShape
    let freeShape: OVFreeShape
    let tensorElementType: OVTensorGetElementType
    let tensorByteCount: OVTensorGetByteCount
    let tensorData: OVTensorGetData
    let releaseCore: OVReleaseCore
    let releaseModel: OVReleaseModel
    let releaseCompiledModel: OVReleaseCompiledModel
    let releaseInferRequest: OVReleaseInferRequest
    let releasePort: OVReleasePort
    let releaseTensor: OVReleaseTensor
    /// The property that says how exported models are encrypted; `nil` in releases that have none and write plain text.
    let encryptionKey: String?

    /// Looks every function up.
    ///
    /// - Throws: `EngineError` of code `unavailable` that names the first one missing.
    init(_ library: DynamicLibrary) throws(EngineError) {
        func find<Function>(_ name: String) throws(EngineError) -> Function {
            try library.function(name, engine: OpenVINOFactory.engineName)
        }
        getVersion = try find("ov_get_openvino_version")
        freeVersion = try find("ov_version_free")
        lastErrorMessage = try find("ov_get_last_err_msg")
        free = try find("ov_free")
        createCore = try find("ov_core_create")
        coreProperty = try find("ov_core_get_property")
        readModel = try find("ov_core_read_model")
        readModelFromMemory = try find("ov_core_read_model_from_memory_buffer")
        compileModel = try find("ov_core_compile_model")
        modelInput = try find("ov_model_const_input_by_index")
        inputCount = try find("ov_compiled_model_inputs_size")
        outputCount = try find("ov_compiled_model_outputs_size")
        input = try find("ov_compiled_model_input_by_index")
        output = try find("ov_compiled_model_output_by_index")
        compiledModelProperty = try find("ov_compiled_model_get_property")
        createInferRequest = try find("ov_compiled_model_create_infer_request")
        portName = try find("ov_port_get_any_name")
        portElementType = try find("ov_port_get_element_type")
        portShape = try find("ov_port_get_partial_shape")
        freePartialShape = try find("ov_partial_shape_free")
        setInput = try find("ov_infer_request_set_input_tensor_by_index")
        setOutput = try find("ov_infer_request_set_output_tensor_by_index")
        getOutput = try find("ov_infer_request_get_output_tensor_by_index")
        infer = try find("ov_infer_request_infer")
        profilingInfo = try find("ov_infer_request_get_profiling_info")
        freeProfilingInfo = try find("ov_profiling_info_list_free")
        exportModel = try find("ov_compiled_model_export_model")
        createTensor = try find("ov_tensor_create_from_host_ptr")
        tensorShape = try find("ov_tensor_get_shape")
        freeShape = try find("ov_shape_free")
        tensorElementType = try find("ov_tensor_get_element_type")
        tensorByteCount = try find("ov_tensor_get_byte_size")
        tensorData = try find("ov_tensor_data")
        releaseCore = try find("ov_core_free")
        releaseModel = try find("ov_model_free")
        releaseCompiledModel = try find("ov_compiled_model_free")
        releaseInferRequest = try find("ov_infer_request_free")
        releasePort = try find("ov_output_const_port_free")
        releaseTensor = try find("ov_tensor_free")
        let key = try? library.function(
            "ov_property_key_cache_encryption_callbacks", as: UnsafePointer<UnsafePointer<CChar>?>.self,
            engine: OpenVINOFactory.engineName)
        encryptionKey = key?.pointee.map { String(cString: $0) }
    }
}
