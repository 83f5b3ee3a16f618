/// Measures one part of the toolkit:
/// `CRNNBenchmarks whole|concurrent|recurrent|optimizer|ctc|overhead [name=value …]`,
/// where a name is `batch`, `width`, `seconds` or `threads`; `CRNNBenchmarks loader [name=value …] [SET …]`;
/// `CRNNBenchmarks scale FOLDER`. The network itself is measured by `crnn benchmark`.
///
/// With `DNNL_VERBOSE=1` in the environment, `Benchmarks/kernel-times` sums up the time of each kernel.
@main
struct Command {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        let load = load(arguments.dropFirst())
        switch arguments.first {
        case "whole": try measureWholeTraining(load)
        case "concurrent": try measureConcurrentReading(load)
        case "recurrent": measureRecurrentLayers(load)
        case "optimizer": measureOptimizer(load)
        case "ctc": measureCTC(load)
        case "overhead": measureOverhead(load)
        case "loader": try measureLoading(load, arguments.dropFirst().filter { !$0.contains("=") })
        case "scale" where arguments.count == 2: try measureScale(arguments.last ?? ".")
        default:
            print(
                """
                usage: CRNNBenchmarks whole|concurrent|recurrent|optimizer|ctc|overhead \
                [batch=64] [width=100] [seconds=15] [threads=2]
                       CRNNBenchmarks loader [seconds=15] [SET …]
                       CRNNBenchmarks scale FOLDER
                """)
        }
    }

    private static func load(_ arguments: ArraySlice<String>) -> Load {
        var load = Load()
        for argument in arguments {
            let parts = argument.split(separator: "=").map(String.init)
            guard parts.count == 2, let value = Int(parts[1]), value > 0 else { continue }
            switch parts[0] {
            case "batch": load.batch = value
            case "width": load.width = value
            case "seconds": load.seconds = Double(value)
            case "threads": load.threads = value
            default: print("\(parts[0]) is not one of batch, width, seconds, threads")
            }
        }
        return load
    }
}
