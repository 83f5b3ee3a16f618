// A frame predictor: a convolutional LSTM predicts the next frame of squares that move and bounce.
//
//     swift run -c release --package-path Examples FramePredictor [--quick]

import CPU
import Files
import Foundation
import Neural
import Tensors

let isQuick = CommandLine.arguments.contains("--quick")
let device = CPUDevice(threads: 1)  // more threads do not speed up a model as small as this
var generator = SeededGenerator(seed: 1)

// The model: a convolutional LSTM whose state is an image of features, and a convolution from features to a frame.

struct FramePredictor: Parameterized {
    var recurrence: ConvLSTM2D
    var painter: TimeDistributed<Convolution2D>

    init(filters: Int, using generator: inout some RandomNumberGenerator) {
        recurrence = ConvLSTM2D(
            .square(5), channels: 1, filters: filters, ConvolutionOptions(padding: .same),
            options: RecurrentOptions(returnSequences: true), on: device, using: &generator)
        painter = TimeDistributed(
            Convolution2D(
                .square(3), inputs: filters, outputs: 1,
                ConvolutionOptions(padding: .same), on: device, using: &generator))
    }

    mutating func visitParameters(_ visitor: inout some ParameterVisitor) {
        visitor.visit(&recurrence, named: "recurrence")
        visitor.visit(&painter, named: "painter")
    }

    /// For each frame of films `[batch × time × height × width × 1]`, the frame after it.
    func callAsFunction(_ films: Tensor) -> Tensor { painter(recurrence(films)) }

    /// One training step: forward, loss, backward in the opposite order, update.
    mutating func learn(_ films: Films, _ optimizer: inout Optimizer, rate: Float) {
        let (features, recurrenceCache) = recurrence.forward(films.frames)
        let (frames, painterCache) = painter.forward(features)

        let frameGradient = meanSquaredError(frames, targets: films.next).gradient
        let featureGradient = painter.backward(frameGradient, painterCache)
        _ = recurrence.backward(featureGradient, recurrenceCache)

        let clipping = clippingFactor(norm: gradientNorm(), limit: 1)
        optimizer.step(&self, rate: rate, gradientScale: clipping)
    }
}

// Data: films of a white square of 3×3 pixels that moves by one pixel along each axis and bounces off the walls.
// A single frame does not show its direction.

let (time, side, square) = (8, 12, 3)

struct Films {
    let frames: Tensor
    let next: Tensor
}

func films(_ count: Int, using generator: inout SeededGenerator) -> Films {
    let all = (0..<count).map { _ in film(using: &generator) }
    return Films(frames: tensor(all.map { $0.prefix(time) }), next: tensor(all.map { $0.suffix(time) }))
}

/// `time + 1` frames of `side`² pixels each.
func film(using generator: inout SeededGenerator) -> [[Float]] {
    var row = Path(using: &generator), column = Path(using: &generator)
    return (0...time).map { _ in
        defer { (row, column) = (row.next, column.next) }
        return (0..<side * side).map { pixel in
            row.covers(pixel / side) && column.covers(pixel % side) ? 1 : 0
        }
    }
}

/// The square's path along one axis.
struct Path {
    var place: Int
    var speed: Int

    init(using generator: inout SeededGenerator) {
        place = Int.random(in: 0...side - square, using: &generator)
        speed = Bool.random(using: &generator) ? 1 : -1
    }

    /// The path after one step; it turns round at a wall.
    var next: Path {
        var path = self
        if !(0...side - square).contains(place + speed) { path.speed = -speed }
        path.place += path.speed
        return path
    }

    func covers(_ pixel: Int) -> Bool { (place..<place + square).contains(pixel) }
}

/// Films as `[batch × time × height × width × 1]`.
func tensor(_ films: [ArraySlice<[Float]>]) -> Tensor {
    Tensor(films.flatMap { $0.joined() }, shape: [films.count, time, side, side, 1], on: device)
}

// Training: each batch has new films.

var model = FramePredictor(filters: 8, using: &generator)
var optimizer = Optimizer(.adam())
let steps = isQuick ? 5 : 800
print("\(model.parameterCount) parameters, \(steps) batches of 16 films")
for step in 0..<steps {
    let batch = films(16, using: &generator)
    model.learn(batch, &optimizer, rate: 0.01 * (1 - Float(step) / Float(steps)))
}

// Result on new films, including the first frame of each, which does not show the motion.

let test = films(100, using: &generator)
let predicted = model(test.frames)
print("mean squared error of “same as the last frame”: \(error(test.frames))")
print("mean squared error of the model:                \(error(predicted))")
print("the last frame of a film, its next frame, and the prediction:")
let shown = [test.frames, test.next, predicted].map { device.step($0, at: time - 1).scalars }
for row in 0..<side {
    let lines = shown.map { frame in
        frame[row * side..<(row + 1) * side].map { $0 > 0.75 ? "#" : $0 > 0.25 ? "+" : "." }.joined()
    }
    print(lines.joined(separator: "   "))
}

/// The mean squared error of the pixels.
func error(_ frames: Tensor) -> String {
    String(format: "%.4f", meanSquaredError(frames, targets: test.next).loss)
}
