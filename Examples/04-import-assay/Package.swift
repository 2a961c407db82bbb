// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "colours",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own: .package(url: "…", exact: "…").
        .package(name: "assay", path: "../..")
    ],
    targets: [
        .executableTarget(name: "Colours", dependencies: [.product(name: "Assay", package: "assay")])
    ]
)
