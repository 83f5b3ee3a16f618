import CPU
import Tensors
import TestSupport
import Testing

/// Less than one range of scalars, and several ranges with a remainder.
private let shapes: [Shape] = [[1], [17], [3, 3, 5, 7], [300, 257]]

@Test(arguments: shapes)
func optimizersAgreeWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        var weights = [Tensor](repeating: .wave(shape, on: device), count: 6)
        var moments = [Moments](
            repeating: Moments(
                first: Tensor(repeating: 0.25, shape: shape, on: device),
                second: Tensor(repeating: 0.5, shape: shape, on: device)), count: 6)
        moments[3].maximum = Tensor(repeating: 0.5, shape: shape, on: device)
        for step in 1...3 {
            let gradient = Tensor.wave(shape, seed: Double(step), on: device)
            device.adam(
                &weights[0], &moments[0], gradient: gradient,
                AdamStep(rate: 0.01, weightDecay: 0.1, gradientScale: 0.5, count: step))
            device.adadelta(
                &weights[1], &moments[1], gradient: gradient,
                AdadeltaStep(rate: 1, weightDecay: 0.1, gradientScale: 0.5))
            device.momentum(
                &weights[2], velocity: &moments[2].first, gradient: gradient,
                MomentumStep(rate: 0.01, weightDecay: 0.1, gradientScale: 0.5))
            device.adam(
                &weights[3], &moments[3], gradient: gradient,
                AdamStep(rate: 0.01, secondDecay: 0.5, weightDecay: 0.1, gradientScale: 2, count: step))
            device.rmsprop(
                &weights[4], &moments[4], gradient: gradient,
                RMSpropStep(rate: 0.01, momentum: 0.5, weightDecay: 0.1, gradientScale: 0.5))
            device.momentum(
                &weights[5], velocity: &moments[5].first, gradient: gradient,
                MomentumStep(rate: 0.01, nesterov: true, weightDecay: 0.1, gradientScale: 0.5))
        }
        return weights + moments.flatMap { [$0.first, $0.second, $0.maximum ?? $0.second] }
    }
    #expect(difference < 1e-6)
}

@Test(arguments: shapes)
func normsAndBlendsAgreeWithTheReference(_ shape: Shape) {
    let difference = disagreement { device in
        var target = Tensor.wave(shape, on: device)
        device.blend(&target, with: .wave(shape, seed: 1, on: device), amount: 0.1)
        let norm = Float(device.squaredNorm(target))
        return [target, Tensor([norm], shape: [1], on: device)]
    }
    #expect(difference < 1e-6)
}

@Test func theNormOfNotANumberIsNotANumber() {
    #expect(device.squaredNorm(Tensor([1, .nan, 2], shape: [3], on: device)).isNaN)
    #expect(device.squaredNorm(Tensor([1, -.infinity], shape: [2], on: device)) == .infinity)
}

@Test func snapshotsAreValues() {
    var weights = Tensor.wave([40], on: device)
    let snapshot = weights, view = device.reshaped(weights, to: [5, 8])
    let original = snapshot.scalars
    let zero = Tensor(repeating: 0, shape: [40], on: device)
    device.blend(&weights, with: zero, amount: 0.5)
    #expect(snapshot.scalars == original)
    #expect(view.scalars == original)
    #expect(weights.scalars == original.map { $0 / 2 })
}

@Test func updatingAViewLeavesItsOriginalAlone() {
    let original = Tensor.wave([40], on: device)
    var view = device.reshaped(original, to: [5, 8])
    device.blend(&view, with: Tensor(repeating: 7, shape: [5, 8], on: device), amount: 1)
    #expect(original.scalars == wave([40]))
    #expect(view.scalars == [Float](repeating: 7, count: 40))
}

@Test func anUpdateOfTheOnlyOwnerHappensInPlace() {
    var weights = Tensor.wave([40], on: device)
    let before = ObjectIdentifier(weights.storage)
    device.blend(&weights, with: Tensor(repeating: 0, shape: [40], on: device), amount: 0.5)
    #expect(ObjectIdentifier(weights.storage) == before)
}

@Test func tensorsOfOtherDevicesAreAdopted() {
    var weights = Tensor.wave([40], on: reference)
    device.blend(&weights, with: .wave([40], seed: 1, on: reference), amount: 0)
    #expect(weights.scalars == wave([40]))
}
