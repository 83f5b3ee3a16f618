// swift-tools-version: 6.2
import PackageDescription

/// The dependencies of every example.
let toolkit: [Target.Dependency] = [
    .product(name: "Files", package: "crnn"),
    .product(name: "Neural", package: "crnn"),
    .product(name: "CPU", package: "crnn"),
    .product(name: "Tensors", package: "crnn"),
]

/// Recurrent models to read and to run, in a package of their own: the product does not depend on them.
let package = Package(
    name: "crnn-examples",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "crnn", path: "..")],
    targets: [
        .executableTarget(
            name: "CharacterModel", dependencies: toolkit + [.product(name: "Recognition", package: "crnn")],
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "TextClassifier", dependencies: toolkit, swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "TimeSeriesForecast", dependencies: toolkit, swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "ImageReader", dependencies: [.product(name: "CRNNKit", package: "crnn")],
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "CancellableTraining", dependencies: [.product(name: "CRNNKit", package: "crnn")],
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "CustomCell", dependencies: [.product(name: "CRNNKit", package: "crnn")],
            swiftSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "FramePredictor", dependencies: toolkit, swiftSettings: [.treatAllWarnings(as: .error)]),
    ],
    swiftLanguageModes: [.v6]
)
