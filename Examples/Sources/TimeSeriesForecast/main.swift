// A forecast of time series by a layer that remembers: it reads a series in short windows, and carries its state
// from each window to the next.
//
//     swift run -c release --package-path Examples TimeSeriesForecast [--quick]

import CPU
import Files
import Foundation
import Neural
import Tensors

let isQuick = CommandLine.arguments.contains("--quick")
let device = CPUDevice(threads: 1)  // more threads do not speed up a model as small as this
var generator = SeededGenerator(seed: 1)

// The model: an LSTM that carries its state over from batch to batch, and a forecast of the next value at each step.

struct Forecaster: Parameterized {
    var recurrence: Stateful<LSTM>
    var readout: Dense

    init(units: Int, using generator: inout some RandomNumberGenerator) {
        let options = RecurrentOptions(returnSequences: true)
        recurrence = Stateful(
            LSTM(features: 1, units: units, options: options, on: device, using: &generator))
        readout = Dense(features: units, units: 1, on: device, using: &generator)
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&readout, named: "readout")
    }

    /// The forecasts for a window `[batch × time × 1]` that continues the previous one.
    mutating func forecast(_ window: Tensor) -> Tensor { readout(recurrence.advance(window)) }

    /// One training step: forward from the stored state, loss, backward to the start of the window, update.
    mutating func learn(_ window: Window, _ optimizer: inout Optimizer, rate: Float) {
        let (contexts, recurrenceCache) = recurrence.forward(window.values)
        let (forecasts, readoutCache) = readout.forward(contexts)

        let forecastGradient = meanSquaredError(forecasts, targets: window.next).gradient
        let contextGradient = readout.backward(forecastGradient, readoutCache)
        _ = recurrence.backward(contextGradient, recurrenceCache)

        let clipping = clippingFactor(norm: gradientNorm(), limit: 1)
        optimizer.step(&self, rate: rate, gradientScale: clipping)
    }
}

// Data: batches of 32 series, each the sum of a wave with a random period, a slower wave and noise. A window of 8 steps
// is too short to predict where a wave turns.

struct Window {
    let values: Tensor
    let next: Tensor
}

let (count, windowLength, windows) = (32, 8, 25)

/// The windows of 32 new series in the order of time; sample i of each continues sample i of the previous one.
func series(using generator: inout SeededGenerator) -> [Window] {
    let all = (0..<count).map { _ -> [Float] in
        let period = Float.random(in: 15...40, using: &generator)
        let phase = Float.random(in: 0..<1, using: &generator)
        return (0...windows * windowLength).map { time in
            let turn = 2 * Float.pi * (Float(time) / period + phase)
            return sin(turn) + 0.5 * sin(turn / 3) + 0.1 * generator.normal()
        }
    }
    return (0..<windows).map { index in
        let start = index * windowLength
        return Window(
            values: tensor(all.map { $0[start..<start + windowLength] }),
            next: tensor(all.map { $0[start + 1...start + windowLength] }))
    }
}

/// Windows of series as `[batch × time × 1]`.
func tensor(_ rows: [ArraySlice<Float>]) -> Tensor {
    Tensor(Array(rows.joined()), shape: [count, windowLength, 1], on: device)
}

// Training: each round has new series and starts from a state of zeros.

var model = Forecaster(units: 32, using: &generator)
var optimizer = Optimizer(.adam())
let rounds = isQuick ? 2 : 500
print(
    "\(model.parameterCount) parameters, \(rounds) times \(count) series of \(windows * windowLength) steps")
for round in 0..<rounds {
    model.recurrence.reset()
    for window in series(using: &generator) {
        model.learn(window, &optimizer, rate: 0.01 * (1 - Float(round) / Float(rounds)))
    }
}

// Result on new series: the root mean squared error, in units of the first wave's amplitude.

let test = series(using: &generator)
let naive = error(test) { $0.values }
model.recurrence.reset()
let stateful = error(test) { model.forecast($0.values) }
let stateless = error(test) {
    model.recurrence.reset()
    return model.forecast($0.values)
}
print("error of “same as the last value”:         \(naive)")
print("error of the model, state reset:           \(stateless)")
print("error of the model, state carried over:    \(stateful)")
print("error of a perfect model, due to noise:    0.100")

/// The root mean squared error of the forecasts for all windows.
func error(_ windows: [Window], _ forecast: (Window) -> Tensor) -> String {
    let squares = windows.map { meanSquaredError(forecast($0), targets: $0.next).loss }
    return String(format: "%.3f", (squares.reduce(0, +) / Float(squares.count)).squareRoot())
}
