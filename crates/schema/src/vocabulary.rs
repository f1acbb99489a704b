//! String enums that both records and rules use.

crate::string_enum! {
    /// How a call rings the members of a group.
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
    /// What the fallback of an IVR script, or the overflow of a ring group, leads to.
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
    /// What a key of an IVR script leads to.
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
    /// The voice that reads a text.
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
