/* transport.c - the ways to a payer, a row each */
#include "services/submitter/deliver/transport.h"

#include <string.h>

#include "services/submitter/deliver/folder.h"
#include "services/submitter/deliver/https.h"
#include "services/submitter/deliver/sftp.h"

/* folder_at_once - a folder keeps its own receipts (folder.h) */
static enum outcome folder_at_once(const struct dest *d, const struct parcel *p, bool *before,
                                   struct err *e)
{
    const struct folder_file f = {d->mailbox, p->name, p->data, p->size, p->sha256};

    if (folder_send(&f, before, e) == 0)
        return OUT_DONE;
    return e->class == ERR_REJECT ? OUT_REFUSED : OUT_AGAIN;
}

static const struct transport folder_transport = {.name = "folder", .at_once = folder_at_once};

static const struct transport *const transports[] = {&folder_transport, &sftp_transport,
                                                     &rest_transport, &core_transport};

/* transport_by_name - of the routes table's word; none is a folder */
const struct transport *transport_by_name(const char *name)
{
    if (!name[0])
        return transports[0];
    for (size_t i = 0; i < sizeof(transports) / sizeof(transports[0]); i++)
        if (strcmp(transports[i]->name, name) == 0)
            return transports[i];
    return NULL;
}

/* outcome_word - for logs and metrics */
const char *outcome_word(enum outcome o)
{
    static const char *const words[OUT_MAX] = {"sent",    "uploaded", "again",  "away",
                                               "refused", "unsure",   "stopped"};

    return words[o];
}
