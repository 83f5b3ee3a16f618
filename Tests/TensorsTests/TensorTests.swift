import Tensors
import TestSupport
import Testing

private let device = ReferenceDevice()

@Test func copiesKeepTheirNumbersWhenTheOriginalChanges() {
    var original = Tensor.wave([6], on: device)
    let copy = original
    device.blend(&original, with: Tensor(repeating: 0, shape: [6], on: device), amount: 1)
    #expect(copy.scalars == wave([6]))
    #expect(original.scalars == [Float](repeating: 0, count: 6))
}

@Test func shapesDescribeThemselves() {
    let shape: Shape = [64, 32, 100, 1]
    #expect(shape.description == "64×32×100×1")
    #expect((shape.rank, shape.count, shape.rows, shape.last) == (4, 204_800, 204_800, 1))
    #expect(shape.replacingLast(with: 3) == [64, 32, 100, 3])
    #expect((Shape([]).count, Shape([]).last, Shape([]).rows) == (1, 1, 1))
}

@Test func movingToTheSameDeviceSharesStorage() {
    let tensor = Tensor.wave([3], on: device)
    #expect(tensor.moved(to: device).storage === tensor.storage)
    let other = ReferenceDevice()
    #expect(tensor.moved(to: other).device === other)
    #expect(tensor.moved(to: other).scalars == tensor.scalars)
}

@Test func sequencesArePaddedAtTheirEndToTheLongest() {
    let batch = Tensor(padding: [[3], [], [1, 2]], on: device)
    #expect(batch.shape == [3, 2])
    #expect(batch.scalars == [3, 0, 0, 0, 1, 2])
    #expect(Tensor(padding: [[3], [1, 2]], with: -1, on: device).scalars == [3, -1, 1, 2])
    #expect(Tensor(padding: [], on: device).shape == [0, 0])
}

@Test func everyHalfPrecisionNumberIsReadExactly() {
    let halves = (0...UInt16.max).map { $0 }
    let tensor = Tensor(.float16, shape: [halves.count], on: device) { bytes, offset in
        for index in 0..<bytes.byteCount {
            let half = halves[(offset + index) / 2]
            bytes.storeBytes(
                of: UInt8(truncatingIfNeeded: index % 2 == 0 ? half : half >> 8), toByteOffset: index,
                as: UInt8.self)
        }
    }
    let wrong = zip(halves, tensor.scalars).filter { half, found in
        let expected = Float(Float16(bitPattern: half))
        return found.bitPattern != expected.bitPattern && !(found.isNaN && expected.isNaN)
    }
    #expect(tensor.scalars.count == 65536 && wrong.isEmpty)
}
