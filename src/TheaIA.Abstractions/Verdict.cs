namespace TheaIA.Abstractions;

/// <summary>
/// What a gate answers. <see cref="Unknown"/> is the default on purpose: a value nobody set is
/// never a pass. Only <see cref="Pass"/> and <see cref="Waived"/> let a target or a release through;
/// in a forgiving environment an <see cref="Unknown"/> is noted and lets it through as well.
/// </summary>
public enum Verdict
{
    /// <summary>Nobody measured it, or the measurement gave no answer: no data, NaN, an error.</summary>
    Unknown = 0,

    /// <summary>Measured, with the stated minimum of positive evidence, and within the goal.</summary>
    Pass,

    /// <summary>Measured and outside the goal.</summary>
    Fail,

    /// <summary>Failed or unknown, and a person answers for it, with a reason and an expiry.</summary>
    Waived,
}
