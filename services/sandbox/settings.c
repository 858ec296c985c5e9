/* settings.c - the sandbox's settings */
#include "services/sandbox/sandbox.h"

/* clang-format off */
const struct conf_row sandbox_settings[] = {
    {"SANDBOX_MAILBOX", CONF_TEXT, "", 0, 0, NULL, "folder that files come into; empty: those of the routes table marked sandbox"},
    {"SANDBOX_REPLIES", CONF_TEXT, "", 0, 0, NULL, "folder that answers go into"},
    {"MAIL_DIR", CONF_TEXT, ".", 0, 0, NULL, "folder that relative mailbox and replies paths of the routes table lie in"},
    {"SANDBOX_SEED", CONF_TEXT, "1", 0, 0, NULL, "decides with the claim's number what becomes of a claim"},
    {"SANDBOX_MIX", CONF_TEXT, "paid=70,reduced=15,denied=10,rejected=5", 0, 0, NULL, "shares of the claims"},
    {"SANDBOX_SCENARIO", CONF_TEXT, "", 0, 0, NULL, "file of lines WORD NUMBER (docs/sandbox.md, sandbox --help); empty: a payer without faults"},
    {"SANDBOX_ACK_AFTER_MS", CONF_NUMBER, "600", 0, 31536000000, NULL, "time from taking a file to its 277CA"},
    {"SANDBOX_PAY_AFTER_MS", CONF_NUMBER, "3000", 0, 31536000000, NULL, "time from taking a file to its 835"},
    {"SANDBOX_POLL_MS", CONF_NUMBER, "200", 1, 60000, NULL, "time between two looks into the mailboxes"},
    {"LOG_FORMAT", CONF_WORD, "text", 0, 0, "text json", "key=value or JSON lines on stderr"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */
