/// An event of a training.
public enum TrainingEvent: Sendable {
    /// Training starts or resumes.
    case started(TrainingOverview)
    /// A sample cannot be trained on; reported once per sample.
    case excluded(ExcludedSample)
    /// A step is done.
    case stepped(StepReport)
    /// A validation is done.
    case validated(ValidationReport)
    /// Something needs attention; the text says what to try.
    case warned(String)
    /// A checkpoint was written.
    case saved(path: String)
}
