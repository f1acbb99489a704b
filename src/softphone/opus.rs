//! Opus before all other codecs, for a PBX that wishes for it.

use wasm_bindgen::prelude::*;

use super::opus_first;
use crate::client::error::{Cause, Failure};

/// Puts Opus before all other codecs, where the PBX wishes for it (`softphoneSettings(detail).codec.opus`).
///
/// Call it when the audio has been added and before the offer or the answer is made; in JsSIP that is the event
/// `connecting` of a session.
///
/// @example
/// ```ts
/// session.on("connecting", () => preferOpus(session.connection));
/// ```
///
/// @param target a transceiver for audio, or a peer connection, all of whose audio is meant
/// @returns whether it was done: `false` where there is no audio, or the browser has no Opus or no `setCodecPreferences`
/// @throws {OmiCallError} `usage` where `target` is neither.
#[wasm_bindgen(js_name = preferOpus)]
pub fn prefer_opus(
    #[wasm_bindgen(unchecked_param_type = "RTCRtpTransceiver | RTCPeerConnection")] target: &JsValue,
) -> Result<bool, JsValue> {
    opus_first(target).map_err(|thrown| {
        let words = "`target` must be an open RTCPeerConnection or an RTCRtpTransceiver.";
        Failure::usage(words)
            .because(Cause::of(&thrown))
            .with(|fields| fields.path = Some(String::new()))
            .into()
    })
}
