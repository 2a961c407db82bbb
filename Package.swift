// swift-tools-version: 6.2
import Foundation
import PackageDescription

// One line a target: its name, the targets it may import, its packages. ARCHITECTURE.md holds the same table with the
// reasons, and a test compares the two.

/// Settings of every target: a warning is an error, and what a target re-exports is visible in its imports.
let common: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Targets that hold raw memory on purpose; everything else compiles under strict memory safety.
let rawMemory: Set<String> = [
    "Wire", "Tensors", "ImageCodecs", "Engines", "NativeEngine", "ONNXRuntimeEngine", "OpenVINOEngine",
]

/// The processes of frameworks in Python, and what they share.
let frameworkScripts = [
    "forms", "guest", "jax", "jax_profile", "litert", "onnx2tf", "pytorch", "steps", "tensorflow", "tensorflow_profile",
].map { "assay_\($0).py" }

func settings(_ name: String) -> [SwiftSetting] {
    rawMemory.contains(name) ? common : common + [.strictMemorySafety()]
}

func library(
    _ name: String, _ dependencies: [String] = [], packages: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies.map { .byName(name: $0) } + packages, path: "Sources/\(name)",
        resources: resources, swiftSettings: settings(name))
}

func executable(_ name: String, _ dependencies: [String], packages: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies.map { .byName(name: $0) } + packages, path: "Sources/\(name)",
        swiftSettings: settings(name))
}

/// Declarations of a C library that is opened at run time: headers only, nothing to link.
func declarations(_ name: String) -> Target {
    .target(name: name, path: "Sources/\(name)")
}

/// Tests are compiled without optimisation: they build in half the time, and what they test is optimised all the same.
let testSettings = common + [.unsafeFlags(["-Onone"])]

func tests(_ name: String, _ dependencies: [String], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: ([name, "TestKit"] + dependencies).map { .byName(name: $0) },
        path: "Tests/\(name)Tests", resources: resources, swiftSettings: testSettings)
}

/// A C library that is compiled with the package.
func computing(_ name: String) -> Target {
    .target(name: name, path: "Sources/\(name)")
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let targets: [Target] = [
    // Layer 0
    library("Wire"),
    library("Tensors"),
    library("Records"),
    library("Specs", packages: [yams]),
    // Layer 1
    library("Graphs", ["Wire", "Tensors"]),
    library("Operators", ["ImageCodecs", "Graphs", "Tensors"]),
    library("Architectures", ["Graphs", "Tensors"]),
    library("Timelines", ["Wire", "Records"]),
    declarations("CImageCodecs"),
    library("ImageCodecs", ["CImageCodecs", "Tensors"]),
    // Layer 2
    library("Assets", ["ImageCodecs", "Tensors", "Records", "Specs", "Graphs", "Architectures"]),
    declarations("CFloatingPoint"), declarations("CAffinity"),
    library(
        "Engines", ["CAffinity", "CFloatingPoint", "Assets", "Operators", "Graphs", "Tensors", "Records", "Specs"],
        // The scripts of frameworks are part of the program, wherever it is put.
        resources: frameworkScripts.map { .embedInCode("Frameworks/Scripts/\($0)") }),
    .target(name: "CMachinePeaks", path: "Sources/CMachinePeaks"),
    .target(name: "CCounters", path: "Sources/CCounters"),
    .target(name: "CAccelerators", path: "Sources/CAccelerators"),
    library(
        "Measurement", ["CAccelerators", "CCounters", "CMachinePeaks", "Engines", "Tensors", "Records"],
        packages: [histogram]),
    library("CalibrationEngine", ["CMachinePeaks", "Engines", "Operators", "Graphs", "Tensors", "Specs"]),
    declarations("COneDNN"),
    computing("CQuantizedKernels"),
    computing("CVectorKernels"),
    library(
        "NativeEngine", ["COneDNN", "CQuantizedKernels", "CVectorKernels", "Engines", "Operators", "Graphs", "Tensors"]),
    declarations("CONNXRuntime"),
    library("ONNXRuntimeEngine", ["CONNXRuntime", "Engines", "Operators", "Graphs", "Tensors"]),
    declarations("COpenVINO"),
    library("OpenVINOEngine", ["COpenVINO", "Engines", "Operators", "Graphs", "Tensors"]),
    // Layer 3
    library(
        "Studies",
        ["Measurement", "Engines", "Assets", "Operators", "Graphs", "Timelines", "Tensors", "Records", "Specs"]),
    library("ResultStore", ["Records"], packages: [grdb]),
    library("Reports", ["Records"]),
    // Layer 4
    library(
        "Assay",
        [
            "Studies", "ResultStore", "Reports", "Measurement", "Engines", "Assets", "Operators", "Graphs",
            "Timelines", "Tensors", "Records", "Specs",
        ]),
    executable(
        "AssayCommand",
        [
            "Assay", "Studies", "ResultStore", "Reports", "Measurement", "NativeEngine", "ONNXRuntimeEngine",
            "OpenVINOEngine", "Engines", "Assets", "Operators", "Graphs", "Timelines", "Tensors", "Records", "Specs",
        ], packages: [argumentParser]),
    executable(
        "AssayWorker",
        [
            "Measurement", "CalibrationEngine", "NativeEngine", "ONNXRuntimeEngine", "OpenVINOEngine", "Engines",
            "Operators", "Graphs",
            "Tensors", "Records",
        ], packages: []),
    // Tests
    .target(
        name: "TestKit", dependencies: ["Engines", "Operators", "Graphs", "Records", "Tensors"], path: "Tests/TestKit",
        resources: [.copy("Models")], swiftSettings: common),
    .executableTarget(
        name: "TestWorker", dependencies: ["Assets", "Engines", "Measurement", "TestKit"], path: "Tests/TestWorker",
        swiftSettings: common),
    tests("Wire", []),
    tests("Tensors", [], resources: [.copy("Fixtures")]),
    tests("Records", [], resources: [.copy("Goldens")]),
    tests("Specs", [], resources: [.copy("Goldens")]),
    tests("Graphs", ["Tensors", "Wire"], resources: [.copy("Fixtures"), .copy("Goldens")]),
    tests("Operators", ["Graphs", "Tensors"], resources: [.copy("Goldens")]),
    tests("Timelines", ["Wire", "Tensors"], resources: [.copy("Goldens")]),
    tests("Architectures", ["Assets", "Graphs", "Tensors", "Records"]),
    tests("ImageCodecs", ["Tensors"], resources: [.copy("Goldens")]),
    tests("Assets", ["ImageCodecs", "Graphs", "Tensors", "Specs", "Records"], resources: [.copy("Fixtures")]),
    tests("Engines", ["TestWorker", "Assets", "Specs", "Operators", "Graphs", "Tensors", "Records"]),
    tests("Measurement", ["TestWorker", "Engines", "Graphs", "Records", "Tensors"], resources: [.copy("Fixtures")]),
    tests("CalibrationEngine", ["Engines", "Operators", "Graphs", "Tensors"]),
    tests("NativeEngine", ["CQuantizedKernels", "CVectorKernels", "Engines", "Operators", "Graphs", "Tensors"]),
    tests("ONNXRuntimeEngine", ["Engines", "Operators", "Graphs", "Tensors"]),
    tests("OpenVINOEngine", ["Engines", "Operators", "Graphs", "Tensors"]),
    tests(
        "Studies",
        [
            "AssayWorker", "TestWorker", "Measurement", "Engines", "Assets", "Operators", "Graphs", "Timelines",
            "Tensors",
            "Records", "Specs",
        ]),
    tests("Assay", ["Timelines"]),
    tests("ResultStore", ["Records"], resources: [.copy("Goldens")]),
    tests("Reports", ["Records"], resources: [.copy("Goldens")]),
    tests("AssayCommand", ["Assets", "Records"], resources: [.copy("Goldens")]),
]

/// `ASSAY_FOCUS=Graphs swift test --scratch-path .build-graphs` builds and tests one target and what it stands on.
func focused(_ targets: [Target], on names: [String]) -> [Target] {
    var wanted = Set(names.flatMap { [$0, $0 + "Tests"] })
    var frontier = wanted
    while !frontier.isEmpty {
        let needed = targets.filter { frontier.contains($0.name) }.flatMap(\.dependencies).compactMap {
            if case .byNameItem(let name, _) = $0 { name } else { nil as String? }
        }
        frontier = Set(needed).subtracting(wanted)
        wanted.formUnion(needed)
    }
    return targets.filter { wanted.contains($0.name) }
}

let focus = ProcessInfo.processInfo.environment["ASSAY_FOCUS"].map { $0.split(separator: ",").map(String.init) }
let chosen = focus.map { focused(targets, on: $0) } ?? targets

let package = Package(
    name: "assay",
    platforms: [.macOS(.v15)],
    products: focus == nil
        ? [
            .library(name: "Assay", targets: ["Assay"]),
            .executable(name: "assay", targets: ["AssayCommand"]),
            .executable(name: "assay-worker", targets: ["AssayWorker"]),
        ] : [],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: chosen
)
