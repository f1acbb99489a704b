// The form of what is checked, as JSON Schema. Made by `cargo xtask test --bless native` from the requests in `crates/api`: do not edit.
// They are functions, so that each caller gets an object of its own.

export const ivrScript = () => ({
  "title": "IvrScriptRequest",
  "description": "An IVR script to create, or the new content of one: the server requires the first five fields each time",
  "type": "object",
  "properties": {
    "script_name": {
      "description": "The name, unique in the tenant",
      "type": "string",
      "pattern": "\\S"
    },
    "greeting_id": {
      "description": "The `_id` of the greeting that callers hear",
      "type": "string",
      "pattern": "\\S"
    },
    "max_failure": {
      "description": "How many wrong keys a caller may press, from 1",
      "type": "integer",
      "minimum": 1
    },
    "time_out": {
      "description": "How long the script waits for a key, in whole seconds from the end of the greeting, from 1",
      "type": "integer",
      "minimum": 1
    },
    "scripts": {
      "description": "The keys",
      "type": "array",
      "items": {
        "description": "A key of an IVR script to create or update",
        "type": "object",
        "properties": {
          "ivr": {
            "description": "The key that callers press, e.g. `\"1\"`",
            "type": "string",
            "pattern": "^[0-9*#]+$"
          },
          "action_type": {
            "description": "The type of the key's destination; `\"\"` leaves the key unassigned",
            "type": "string",
            "examples": [
              "Ring_group",
              "Ivr_menu",
              ""
            ]
          },
          "action": {
            "description": "The `_id` of the group or script the key leads to; `\"\"` leaves the key unassigned",
            "type": "string"
          }
        },
        "required": [
          "ivr",
          "action_type",
          "action"
        ],
        "additionalProperties": false
      }
    },
    "action_type": {
      "description": "The type of the fallback, where callers go who press no key, or wrong keys too often; `\"\"` for nowhere: the call ends",
      "type": [
        "string",
        "null"
      ],
      "examples": [
        "Ring_group",
        "Ivr_menu",
        "Recording",
        ""
      ]
    },
    "action": {
      "description": "The `_id` of the fallback's group, script or greeting",
      "type": [
        "string",
        "null"
      ]
    },
    "greeting_short_id": {
      "description": "The `_id` of a shorter greeting for callers who come back to the menu",
      "type": [
        "string",
        "null"
      ]
    },
    "invalid_sound_id": {
      "description": "The `_id` of the greeting that is played after a wrong key",
      "type": [
        "string",
        "null"
      ]
    },
    "ivr_direct_menu_dial": {
      "description": "Whether callers may dial an extension: `\"true\"` or `\"false\"`, **a string**",
      "enum": [
        "true",
        "false",
        "",
        null
      ]
    }
  },
  "required": [
    "script_name",
    "greeting_id",
    "max_failure",
    "time_out",
    "scripts"
  ],
  "additionalProperties": false
});

export const group = () => ({
  "title": "GroupRequest",
  "description": "A ring group to create",
  "type": "object",
  "properties": {
    "group_name": {
      "description": "The name",
      "type": "string",
      "pattern": "\\S"
    },
    "strategy": {
      "description": "Which members a phone call rings",
      "enum": [
        "enterprise",
        "rollover",
        "random"
      ]
    },
    "sip_members": {
      "description": "The extensions of the members, e.g. `[\"147\", \"145\"]`, in the order in which they ring",
      "type": "array",
      "items": {
        "type": "string",
        "pattern": "^[0-9]+$"
      }
    },
    "timeout": {
      "description": "How long **each** member rings, in whole seconds from 1",
      "type": "integer",
      "minimum": 1
    }
  },
  "required": [
    "group_name",
    "strategy",
    "sip_members",
    "timeout"
  ],
  "additionalProperties": false
});

export const groupUpdate = () => ({
  "title": "GroupUpdateRequest",
  "description": "The new content of a ring group: the server requires the first four fields each time, and replaces the members",
  "type": "object",
  "properties": {
    "group_name": {
      "description": "The name",
      "type": "string",
      "pattern": "\\S"
    },
    "strategy": {
      "description": "Which members a phone call rings",
      "enum": [
        "enterprise",
        "rollover",
        "random"
      ]
    },
    "sip_members": {
      "description": "The extensions of all members, e.g. `[\"147\", \"145\"]`, in the order in which they ring",
      "type": "array",
      "items": {
        "type": "string",
        "pattern": "^[0-9]+$"
      }
    },
    "timeout": {
      "description": "How long **each** member rings, in whole seconds from 1",
      "type": "integer",
      "minimum": 1
    },
    "target_timeout_type": {
      "description": "The type of the overflow, where calls go that nobody takes; `\"\"` for nowhere",
      "type": [
        "string",
        "null"
      ],
      "examples": [
        "Ring_group",
        "Ivr_menu",
        "Recording",
        ""
      ]
    },
    "target_timeout": {
      "description": "The `_id` of the overflow's group, script or greeting; `\"\"` for none",
      "type": [
        "string",
        "null"
      ]
    }
  },
  "required": [
    "group_name",
    "strategy",
    "sip_members",
    "timeout"
  ],
  "additionalProperties": false
});

export const groupMembers = () => ({
  "title": "GroupMembersChange",
  "description": "Members to add to a ring group or to remove from it",
  "type": "object",
  "properties": {
    "group_id": {
      "description": "The `_id` of the group",
      "type": "string",
      "pattern": "^[0-9a-fA-F]{24}$"
    },
    "sip_users": {
      "description": "The extensions of the members, e.g. `[\"147\"]`",
      "type": "array",
      "items": {
        "type": "string",
        "pattern": "^[0-9]+$"
      }
    }
  },
  "required": [
    "group_id",
    "sip_users"
  ],
  "additionalProperties": false
});

export const textToSpeech = () => ({
  "title": "TextToSpeechRequest",
  "description": "A text to turn into a greeting",
  "type": "object",
  "properties": {
    "greeting_name": {
      "description": "The name of the new greeting",
      "type": "string",
      "pattern": "\\S"
    },
    "text": {
      "description": "The text, 1 to 300 characters",
      "type": "string",
      "pattern": "\\S"
    },
    "speed": {
      "description": "The speed, from `\"-3\"` (slowest) to `\"3\"`",
      "enum": [
        "-3",
        "-2",
        "-1",
        "0",
        "1",
        "2",
        "3",
        -3,
        -2,
        -1,
        0,
        1,
        2,
        3
      ]
    },
    "voice": {
      "description": "The voice",
      "type": "string",
      "examples": [
        "banmai",
        "leminh",
        "lannhi"
      ]
    }
  },
  "required": [
    "greeting_name",
    "text",
    "speed",
    "voice"
  ],
  "additionalProperties": false
});

export const sipAccount = () => ({
  "title": "ExtensionDetail",
  "description": "An extension and its SIP account, as returned by `extensions.detail`",
  "type": "object",
  "properties": {
    "pbx_account": {
      "description": "A SIP account, with the vendor's field names",
      "type": "object",
      "properties": {
        "display_name": {
          "description": "The name that the other side sees",
          "type": [
            "string",
            "null"
          ]
        },
        "sip_user": {
          "description": "The SIP user, which is the extension number",
          "type": "string",
          "minLength": 1
        },
        "sip_password": {
          "description": "The SIP password in plain text",
          "type": "string",
          "minLength": 1
        },
        "sip_web_socket_server": {
          "description": "The WebSocket address to connect to, e.g. `\"wss://vh.omicrm.com:7443\"`",
          "type": "string",
          "minLength": 1
        },
        "sip_realm": {
          "description": "The SIP realm (domain), often a bare name without a dot, e.g. `\"contact18\"`",
          "type": "string",
          "minLength": 1
        },
        "sip_proxy": {
          "description": "A SIP name-addr in angle brackets, e.g. `\"<sip:192.0.2.14;transport=udp>\"`, or `\"\"`",
          "type": [
            "string",
            "null"
          ]
        },
        "sip_proxy_port": {
          "description": "The port of the proxy as a string; `\"\"` if there is none",
          "type": [
            "string",
            "null"
          ]
        },
        "stun_servers": {
          "description": "STUN servers; may be empty",
          "type": [
            "array",
            "null"
          ],
          "items": {
            "type": "string"
          }
        },
        "transport": {
          "description": "The transports of the PBX: `\"tcp\"`, `\"udp\"`, `\"ws\"`, `\"wss\"`",
          "type": [
            "array",
            "null"
          ],
          "items": {
            "type": "string"
          }
        },
        "use_opus": {
          "description": "Whether the PBX prefers the Opus codec",
          "type": [
            "boolean",
            "null"
          ]
        },
        "opus_quality": {
          "description": "The Opus quality that the PBX prefers",
          "type": [
            "number",
            "null"
          ]
        }
      },
      "required": [
        "sip_user",
        "sip_password",
        "sip_web_socket_server",
        "sip_realm"
      ]
    }
  },
  "required": [
    "pbx_account"
  ]
});
