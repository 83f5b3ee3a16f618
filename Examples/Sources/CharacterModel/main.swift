// A character language model: an LSTM learns to spell numbers from 8000 examples.
//
//     swift run -c release --package-path Examples CharacterModel [--quick]

import CPU
import Files
import Foundation
import Neural
import Recognition
import Tensors

let isQuick = CommandLine.arguments.contains("--quick")
let device = CPUDevice(threads: 1)  // more threads do not speed up a model as small as this
var generator = SeededGenerator(seed: 1)

// Data: numbers in words, uniformly distributed. A hundred are held out.

let numbers = 100_000
let drawn = (0..<numbers).shuffled(using: &generator).prefix(isQuick ? 400 : 8100).map(spelled)
let (heldOut, lines) = (Array(drawn.prefix(100)), Array(drawn.dropFirst(100)))

// Training: Adam, batches of 32 lines, and a learning rate that decreases to zero.

let characters = Set(lines.joined()).sorted()
var model = CharacterModel(characters: characters, units: 96, on: device, using: &generator)
print("\(model.parameterCount) parameters, \(lines.count) lines, such as “\(lines[0])”")
print("perplexity before training:   \(rounded(model.perplexity(of: heldOut)))")

var optimizer = Optimizer(.adam())
let passes = isQuick ? 1 : 3
let steps = passes * lines.count / 32
for step in 0..<steps {
    let batch = (0..<32).map { _ in lines[Int.random(in: lines.indices, using: &generator)] }
    model.learn(batch, &optimizer, rate: 0.01 * (1 - Float(step) / Float(steps)))
}

// Result. All numbers are equally probable, so the best possible loss of a line is log(count) nats.

let symbols = heldOut.map { $0.count + 1 }.reduce(0, +)
let least = exp(log(Float(numbers)) * Float(heldOut.count) / Float(symbols))
print("perplexity after training:    \(rounded(model.perplexity(of: heldOut)))")
print("perplexity of the best model: \(rounded(least))")

let samples = (0..<100).map { _ in model.sample(atMost: 100, using: &generator) }
let valid = Set((0..<numbers).map(spelled)).intersection(samples).subtracting(lines)
print("sampled: “\(samples[0])”; of 100 samples, \(valid.count) are numbers that it has not seen")

// The weights, saved as a safetensors file and restored.

let path = FileManager.default.temporaryDirectory.appending(path: "character-model.safetensors").path
var file = SafetensorsFile(metadata: ["characters": String(characters)])
file.insert(model)
try file.write(to: path)
var none = NoRandomness()
var restored = CharacterModel(characters: characters, units: 96, on: device, using: &none)
var read = try SafetensorsFile(reading: path, on: device)
try read.move(into: &restored)
print("restored from \(path): perplexity \(rounded(restored.perplexity(of: heldOut)))")

/// A number below a million in English.
func spelled(_ number: Int) -> String {
    let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    func following(_ rest: Int, _ joint: String) -> String { rest == 0 ? "" : joint + spelled(rest) }
    switch number {
    case ..<20: return small[number]
    case ..<100: return tens[number / 10 - 2] + following(number % 10, "-")
    case ..<1000: return small[number / 100] + " hundred" + following(number % 100, " and ")
    default:
        let rest = number % 1000
        return spelled(number / 1000) + " thousand" + following(rest, rest < 100 ? " and " : " ")
    }
}

/// The value with two decimal places.
func rounded(_ value: Float) -> String { String(format: "%.2f", value) }
