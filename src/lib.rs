//! Typed browser client for the OMICall call-centre API.
