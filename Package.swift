// swift-tools-version: 6.2
import PackageDescription

/// The settings of all targets: explicit existentials and imports, and no warnings.
let commonSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// For all modules but Tensors, CPU, LMDB, Imaging and Synthesis, and for no tests.
let safe = commonSettings + [.strictMemorySafety()]

let package = Package(
    name: "crnn",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "crnn", targets: ["crnn"]),
        // All modules but Synthesis, which needs Pango.
        .library(
            name: "CRNNKit",
            targets: [
                "Tensors", "CPU", "Neural", "Files", "Imaging", "LMDB", "Recognition", "DefaultModel",
                "Datasets",
                "Evaluation", "Training",
            ]),
        .library(name: "Tensors", targets: ["Tensors"]),
        .library(name: "CPU", targets: ["CPU"]),
        .library(name: "Neural", targets: ["Neural"]),
        .library(name: "Files", targets: ["Files"]),
        .library(name: "Imaging", targets: ["Imaging"]),
        .library(name: "LMDB", targets: ["LMDB"]),
        .library(name: "Recognition", targets: ["Recognition"]),
        .library(name: "DefaultModel", targets: ["DefaultModel"]),
        .library(name: "Datasets", targets: ["Datasets"]),
        .library(name: "Synthesis", targets: ["Synthesis"]),
        .library(name: "Evaluation", targets: ["Evaluation"]),
        .library(name: "Training", targets: ["Training"]),
        .executable(name: "crnn-synthesize", targets: ["crnn-synthesize"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .systemLibrary(
            name: "Clibpng", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(
            name: "CJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(
            name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"]), .brew(["lmdb"])]),
        .systemLibrary(
            name: "CPango", pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev"]), .brew(["pango"])]),
        .systemLibrary(
            name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"]), .brew(["nettle"])]),
        .systemLibrary(name: "CFiles"),
        .target(name: "CPNG", dependencies: ["Clibpng"]),
        .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
        .target(name: "CKernels", cSettings: [.headerSearchPath(".")]),
        .target(name: "CThreads", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "COutOfMemory"),
        .target(name: "CDefaultModel", exclude: ["default.safetensors"]),

        .target(name: "Requirements", swiftSettings: safe),
        .target(name: "Tensors", dependencies: ["Requirements"], swiftSettings: commonSettings),
        .target(
            name: "CPU", dependencies: ["COneDNN", "CKernels", "CThreads", "Tensors", "Requirements"],
            swiftSettings: commonSettings),
        .target(name: "Files", dependencies: ["CFiles"], swiftSettings: safe),
        .target(name: "Neural", dependencies: ["Files", "Tensors", "Requirements"], swiftSettings: safe),
        .target(
            name: "Imaging", dependencies: ["CPNG", "CJPEG", "Files", "Requirements"],
            swiftSettings: commonSettings),
        .target(name: "LMDB", dependencies: ["CLMDB", "Files"], swiftSettings: commonSettings),
        .target(
            name: "Recognition", dependencies: ["Neural", "Tensors", "Imaging", "Files", "Requirements"],
            swiftSettings: safe),
        .target(
            name: "DefaultModel", dependencies: ["CDefaultModel", "Recognition", "Tensors"],
            swiftSettings: safe),
        .target(
            name: "Datasets", dependencies: ["LMDB", "Imaging", "Files", "Requirements", "CNettle"],
            swiftSettings: safe),
        .target(
            name: "Synthesis", dependencies: ["CPango", "CJPEG", "Imaging", "Files", "Requirements"],
            swiftSettings: commonSettings),
        .target(
            name: "Evaluation", dependencies: ["Recognition", "Datasets", "Imaging", "Files"],
            swiftSettings: safe),
        .target(
            name: "Training",
            dependencies: [
                "Recognition", "Evaluation", "Datasets", "Imaging", "Neural", "Tensors", "Files",
            ],
            swiftSettings: safe),
        .target(
            name: "CommandSupport",
            dependencies: ["Files", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: safe),
        .executableTarget(
            name: "crnn",
            dependencies: [
                "COutOfMemory", "CommandSupport",
                "Tensors", "CPU", "Neural", "Files", "Imaging", "Recognition", "DefaultModel",
                "Datasets", "Evaluation", "Training",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: safe),

        .executableTarget(
            name: "crnn-synthesize",
            dependencies: [
                "COutOfMemory", "CommandSupport", "Synthesis", "Datasets", "Files", "Imaging",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: safe),

        .target(
            name: "TestSupport", dependencies: ["Files", "Neural", "Recognition", "Tensors"],
            path: "Tests/TestSupport", swiftSettings: commonSettings),
        .testTarget(
            name: "TensorsTests", dependencies: ["Tensors", "TestSupport"], swiftSettings: commonSettings),
        .testTarget(
            name: "CPUTests", dependencies: ["CPU", "COneDNN", "Tensors", "TestSupport"],
            swiftSettings: commonSettings),
        .testTarget(
            name: "NeuralTests", dependencies: ["Neural", "Tensors", "CPU", "Files", "TestSupport"],
            exclude: ["Goldens"], swiftSettings: commonSettings),
        .testTarget(
            name: "FilesTests", dependencies: ["Files", "TestSupport"], swiftSettings: commonSettings),
        .testTarget(
            name: "ImagingTests", dependencies: ["Imaging", "CJPEG", "Files", "TestSupport"],
            swiftSettings: commonSettings),
        .testTarget(
            name: "LMDBTests", dependencies: ["LMDB", "Files", "TestSupport"], swiftSettings: commonSettings),
        .testTarget(
            name: "RecognitionTests",
            dependencies: [
                "Recognition", "DefaultModel", "Neural", "Tensors", "CPU", "Imaging", "Files", "TestSupport",
            ],
            exclude: ["Goldens"], swiftSettings: commonSettings),
        .testTarget(
            name: "DatasetsTests", dependencies: ["Datasets", "LMDB", "Imaging", "Files", "TestSupport"],
            swiftSettings: commonSettings),
        .testTarget(
            name: "SynthesisTests", dependencies: ["Synthesis", "Imaging", "Files", "TestSupport"],
            swiftSettings: commonSettings),
        .testTarget(
            name: "EvaluationTests",
            dependencies: [
                "Evaluation", "Recognition", "Datasets", "Neural", "Tensors", "Imaging", "Files",
                "TestSupport",
            ], swiftSettings: commonSettings),
        .testTarget(
            name: "TrainingTests",
            dependencies: [
                "Training", "Recognition", "Datasets", "LMDB", "Neural", "Tensors", "Imaging", "CPU", "Files",
                "TestSupport",
            ], swiftSettings: commonSettings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "crnn", "crnn-synthesize", "CommandSupport", "Datasets", "Files", "Imaging", "LMDB", "Neural",
                "Recognition",
                "Tensors", "TestSupport",
            ],
            swiftSettings: commonSettings),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu11
)
