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
let device = CPUDevice(threads: 1)  // models as small as this one gain nothing from more
var generator = SeededGenerator(seed: 1)

// The model: an LSTM whose state outlives a batch, and a forecast of the next value at each step.

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

    /// The forecasts for a window `[batch × time × 1]` that follows the one before.
    mutating func forecast(_ window: Tensor) -> Tensor { readout(recurrence.advance(window)) }

    /// One step: forwards from the kept state, loss, backwards to the window's start, update.
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

// Data: 32 series at once, each a wave with a period of its own and a slower one over it, with some noise. A window
// of 8 steps shows too little of a wave to tell where it turns.

struct Window {
    let values: Tensor
    let next: Tensor
}

let (count, windowLength, windows) = (32, 8, 25)

/// The windows of 32 new series in the order of time; sample i of each goes on where it ended in the one before.
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

// Training: always new series; the state starts from zeros with each of them.

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

// Result on series that it has not seen: the root of the mean squared error, in units of the first wave's height.

let test = series(using: &generator)
let naive = error(test) { $0.values }
model.recurrence.reset()
let stateful = error(test) { model.forecast($0.values) }
let forgetful = error(test) {
    model.recurrence.reset()
    return model.forecast($0.values)
}
print("error of “as the last value”:              \(naive)")
print("error of the model, state forgotten:       \(forgetful)")
print("error of the model, state carried on:      \(stateful)")
print("error of whoever knows all but the noise:  0.100")

/// The root of the mean squared error of forecasts for all windows.
func error(_ windows: [Window], _ forecast: (Window) -> Tensor) -> String {
    let squares = windows.map { meanSquaredError(forecast($0), targets: $0.next).loss }
    return String(format: "%.3f", (squares.reduce(0, +) / Float(squares.count)).squareRoot())
}
