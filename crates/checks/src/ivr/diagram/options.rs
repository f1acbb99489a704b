//! The options of a diagram, with the report and the simulated call that it shows.

use omicall_schema::draft::{List, Value};

omicall_schema::untyped_draft! {
    /// The fields of `IvrDiagramOptions`.
    pub struct DiagramOptions<'t> {
        /// The format of the diagram: `"mermaid"` or `"svg"`.
        format: Value<'t>,
        /// The id of the script around which it is drawn.
        focus: Value<'t>,
        /// The report whose issues are shown.
        report: ReportDraft<'t>,
        /// The simulated call that is highlighted.
        simulation: SimulationDraft<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of a `Report` that the diagram reads.
    pub struct ReportDraft<'t> {
        /// The issues.
        issues: List<IssueDraft<'t>>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `Issue` that the diagram reads.
    pub struct IssueDraft<'t> {
        /// The severity.
        severity: Value<'t>,
        /// The JSON pointer into the tenant.
        path: Value<'t>,
        /// The message.
        message: Value<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `IvrSimulation` that the diagram reads.
    pub struct SimulationDraft<'t> {
        /// The steps.
        steps: List<StepDraft<'t>>,
        /// The ending.
        ending: EndingDraft<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `IvrStep` that the diagram reads.
    pub struct StepDraft<'t> {
        /// The `_id` of the script.
        scriptId: Value<'t>,
        /// The `_id` of the group in which nobody answers.
        groupId: Value<'t>,
        /// The destination that the caller leaves for, as a JSON pointer into the script or group.
        path: Value<'t>,
    }
}

omicall_schema::untyped_draft! {
    /// The fields of an `IvrEnding` that the diagram reads.
    pub struct EndingDraft<'t> {
        /// The kind of the ending.
        kind: Value<'t>,
    }
}

#[cfg(feature = "typescript")]
mod typescript {
    use tsify::Tsify;

    /// What a diagram shows, and in which format.
    #[derive(Debug, Tsify)]
    #[allow(dead_code, reason = "declares the TypeScript; `DiagramOptions` is read")]
    pub struct IvrDiagramOptions {
        /// Text for Mermaid, or an SVG picture.
        #[tsify(type = "\"mermaid\" | \"svg\"")]
        pub format: (),
        /// The `_id` of a script: only what can be reached from it is shown, and the scripts that lead to it. Default: all
        /// scripts.
        #[tsify(optional, type = "string | null | undefined")]
        pub focus: (),
        /// The report of `lintIvr` for this tenant: its errors and warnings are shown in the diagram.
        #[tsify(optional, type = "DeepReadonly<Report> | null | undefined")]
        pub report: (),
        /// The result of `simulateIvr` for this tenant: the path of the call is highlighted.
        #[tsify(optional, type = "DeepReadonly<IvrSimulation> | null | undefined")]
        pub simulation: (),
    }
}
