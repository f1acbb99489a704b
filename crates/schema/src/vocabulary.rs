//! String enums that both records and rules use.

crate::string_enum! {
    /// How a call rings the members of a group: all at once (`"enterprise"`), one after the other in their order (`"rollover"`), or one
    /// after the other in a random order (`"random"`).
    pub enum RingStrategy {
        /// All members at once.
        Enterprise = "enterprise",
        /// One member after the other, in their order.
        Rollover = "rollover",
        /// One member after the other, in a random order.
        Random = "random",
    }
}

crate::string_enum! {
    /// What the fallback of an IVR script, or the overflow of a ring group, leads to: a ring group, an IVR script (`"Ivr_menu"`), a
    /// greeting after which the call ends (`"Recording"`), or nowhere (`""`).
    pub enum IvrActionType {
        /// A ring group.
        RingGroup = "Ring_group",
        /// An IVR script.
        IvrMenu = "Ivr_menu",
        /// A greeting, after which the call ends.
        Recording = "Recording",
        /// Nowhere.
        Nowhere = "",
    }
}

crate::string_enum! {
    /// What a key of an IVR script leads to: a ring group, another script (`"Ivr_menu"`), or nowhere (`""`). For one extension, make a
    /// group of one.
    pub enum IvrKeyActionType {
        /// A ring group. For a single extension, make a group of one.
        RingGroup = "Ring_group",
        /// Another IVR script.
        IvrMenu = "Ivr_menu",
        /// Nowhere: the key is not assigned.
        Nowhere = "",
    }
}

crate::string_enum! {
    /// The voice that reads a text: a woman (`"banmai"`) or a man (`"leminh"`) from the north, or a woman from the south (`"lannhi"`).
    pub enum GreetingVoice {
        /// A woman from the north.
        Banmai = "banmai",
        /// A man from the north.
        Leminh = "leminh",
        /// A woman from the south.
        Lannhi = "lannhi",
    }
}

crate::string_enum! {
    /// How fast a text is read, from `"-3"` (slowest) to `"3"`: **a string**, as the server wants it.
    pub enum SpeechSpeed {
        /// Slowest.
        Slowest = "-3",
        /// Slower.
        Slower = "-2",
        /// A little slower.
        Slow = "-1",
        /// Normal speed.
        Normal = "0",
        /// A little faster.
        Fast = "1",
        /// Faster.
        Faster = "2",
        /// Fastest.
        Fastest = "3",
    }
}

crate::string_enum! {
    /// Yes or no, where the API sends and takes **a string**.
    pub enum TrueOrFalse {
        /// Yes.
        True = "true",
        /// No.
        False = "false",
    }
}

#[cfg(feature = "typescript")]
mod typescript {
    use wasm_bindgen::prelude::wasm_bindgen;

    // A string of which TypeScript knows nothing, so that `group.strategy === "rolover"` does not compile. With every type that takes
    // any string, it would. Without `export`, because JavaScript has no such enum.
    #[wasm_bindgen(typescript_custom_section)]
    const UNLISTED_WORD: &str = r#"
/**
 * A word that the server sent and this package does not list. It is a `string`, but comparing it with a literal does not compile:
 * that is more often a typo than news. To look for a new word, write `(group.strategy as string) === "new_word"`.
 */
declare enum UnlistedWord {
    /** Stands for any word; it does not exist at run time. */
    Word = "a word that is not listed",
}
"#;
}
