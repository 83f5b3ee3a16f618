// swift-tools-version: 6.2
import PackageDescription

/// Benchmarks of the toolkit, in a package of their own, so that the toolkit does not depend on them.
let package = Package(
    name: "crnn-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "crnn", path: "..")],
    targets: [
        .executableTarget(
            name: "CRNNBenchmarks",
            dependencies: [
                .product(name: "Datasets", package: "crnn"),
                .product(name: "Files", package: "crnn"),
                .product(name: "Imaging", package: "crnn"),
                .product(name: "Neural", package: "crnn"),
                .product(name: "CPU", package: "crnn"),
                .product(name: "Recognition", package: "crnn"),
                .product(name: "Tensors", package: "crnn"),
                .product(name: "Training", package: "crnn"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)])
    ],
    swiftLanguageModes: [.v6]
)
