//! The TypeScript type of an issue's `params`.

#[cfg(feature = "typescript")]
mod typescript {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(typescript_custom_section)]
    const SECTION: &str = super::ISSUE_PARAMS;
}

#[cfg_attr(not(test), allow(dead_code, reason = "wasm-bindgen's macro reads it without using it"))]
const ISSUE_PARAMS: &str = r#"
/**
 * The values in an issue's message, by their names in the sentence; `docs/rules.md` of the package says which rule has which.
 */
export interface IssueParams {
    /** What kind the destination really is: a group or a menu. */
    readonly actual?: string | number;
    /** When the record was last changed, in ISO 8601. */
    readonly at?: string | number;
    /** Who changed the record; "somebody" if the server does not say. */
    readonly by?: string | number;
    /** How many there are. */
    readonly count?: string | number;
    /** What kind the destination should be. */
    readonly expected?: string | number;
    /** An extension number. */
    readonly extension?: string | number;
    /** What was found in the file. */
    readonly found?: string | number;
    /** The id of the destination or of the greeting; of `still-used`, the id of the script or group that uses the record. */
    readonly id?: string | number;
    /** A key of a menu, or an extension that callers dial like one. */
    readonly key?: string | number;
    /** Of `still-used`, what uses the record: `"script"` or `"group"`. It is not in the sentence. */
    readonly kind?: string | number;
    /** The length of the text, in characters. */
    readonly length?: string | number;
    /** How many menus deep. */
    readonly levels?: string | number;
    /** The longer key that begins with this one. */
    readonly longer?: string | number;
    /** The keys that are skipped. */
    readonly missing?: string | number;
    /** The name of the script or of the group. */
    readonly name?: string | number;
    /** The names of the menus in the loop, or the `agent_id`s of the members. */
    readonly names?: string | number;
    /** The number of the script. */
    readonly number?: string | number;
    /** Of `still-used`, where in the script or group: a JSON pointer. */
    readonly path?: string | number;
    /** The SIP realm. */
    readonly realm?: string | number;
    /** A number of seconds. */
    readonly seconds?: string | number;
    /** The STUN server. */
    readonly server?: string | number;
    /** How many there are in all. */
    readonly total?: string | number;
    /** The action type. */
    readonly type?: string | number;
    /** The SIP user. */
    readonly user?: string | number;
    /** The voice. */
    readonly voice?: string | number;
}
"#;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ISSUE_PARAMS;
    use crate::rules::DESCRIPTIONS;

    #[test]
    fn the_values_of_all_sentences_are_declared() {
        // For links, so not in a sentence.
        let mut used = BTreeSet::from(["kind"]);
        for description in DESCRIPTIONS {
            let rule = description.code.rule();
            for sentence in [rule.english, rule.vietnamese] {
                used.extend(sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)));
            }
        }
        let declared: BTreeSet<_> = ISSUE_PARAMS
            .split("readonly ")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once("?:")?.0))
            .collect();
        assert_eq!(declared, used);
    }
}
