/* dest.c - a row of the routes table as plain data */
#include "services/submitter/deliver/dest.h"

#include <stdio.h>
#include <string.h>

#include "common/base/week.h"
#include "common/sys/file.h"
#include "services/submitter/deliver/folder.h"
#include "services/submitter/deliver/transport.h"

#define PICKUP_DEFAULT "X12_005010_Request_BatchResultsMixed X12_005010_Request_Acks"

enum { POLL_DEFAULT_MS = 300000, TIMEOUT_DEFAULT_MS = 300000 };

/* faulty - the row cannot be followed: it is tried again when it may be another one */
static int faulty(struct err *e, const char *column)
{
    return err_set(e, ERR_RETRY, "route", "routes: %s is empty, too long or unknown", column);
}

/* place - a path, below the root when it is relative. What lies below the root is ours to make; a
 * folder that somebody mounts must be there, or it would swallow claims. */
static int place(const char *root, const char *path, const char *column, char out[DEST_PATH],
                 struct err *e)
{
    const bool ours = path[0] != '/';

    if (!path[0] ||
        !(ours ? file_join(out, DEST_PATH, root, path) : str_copy(out, DEST_PATH, path)))
        return faulty(e, column);
    if (ours && file_exists(root) && !file_exists(out))
        return file_make_dirs(out, e);
    return 0;
}

/* address - of another machine; https://… or sftp://…, with no user or password in it */
static int address(const char *text, const char *column, char out[DEST_PATH], struct err *e)
{
    const char *host = strstr(text, "://");

    if (!host || strchr(host + 3, '@') || !str_copy(out, DEST_PATH, text))
        return faulty(e, column);
    return 0;
}

/* both - mailbox and replies */
static int both(const struct table_row *row, const char *root, struct dest *d, struct err *e)
{
    char mailbox[DEST_PATH], replies[DEST_PATH];

    table_col_text(row, "mailbox", mailbox, sizeof(mailbox));
    table_col_text(row, "replies", replies, sizeof(replies));
    if (d->by->at_once)
        return place(root, mailbox, "mailbox", d->mailbox, e) != 0 ||
                       place(root, replies, "replies", d->replies, e) != 0
                   ? -1
                   : 0;
    return address(mailbox, "mailbox", d->mailbox, e) != 0 ||
                   address(replies, "replies", d->replies, e) != 0
               ? -1
               : 0;
}

/* file_of - a file's name, below the folder of secrets and nowhere else; "" = none */
static int file_of(const struct table_row *row, const struct dest_roots *roots, const char *column,
                   char out[DEST_PATH], struct err *e)
{
    char name[DEST_TEXT];

    table_col_text(row, column, name, sizeof(name));
    if (!name[0])
        return 0;
    return folder_name_valid(name) && file_join(out, DEST_PATH, roots->secrets, name)
               ? 0
               : faulty(e, column);
}

/* login - who we are to them, and how they are known */
static int login(const struct table_row *row, const struct dest_roots *roots, struct dest *d,
                 struct err *e)
{
    table_col_text(row, "user", d->user, sizeof(d->user));
    table_col_text(row, "host_key", d->host_key, sizeof(d->host_key));
    table_col_text(row, "sender_id", d->sender_id, sizeof(d->sender_id));
    table_col_text(row, "receiver_id", d->receiver_id, sizeof(d->receiver_id));
    table_col_text(row, "submit_type", d->submit_type, sizeof(d->submit_type));
    table_col_text(row, "pickup_types", d->pickup_types, sizeof(d->pickup_types));
    if (!d->pickup_types[0])
        str_copy(d->pickup_types, sizeof(d->pickup_types), PICKUP_DEFAULT);
    d->repeat = table_col_is(row, "repeat", "Y");
    return file_of(row, roots, "secret", d->secret, e) != 0 ||
                   file_of(row, roots, "ca", d->ca, e) != 0 ||
                   file_of(row, roots, "client_cert", d->client_cert, e) != 0
               ? -1
               : 0;
}

/* dest_of_row - see dest.h */
int dest_of_row(const struct table_row *row, const struct dest_roots *roots, struct dest *out,
                struct err *e)
{
    const struct span key = table_key(row, 0);
    char word[DEST_TEXT];

    memset(out, 0, sizeof(*out));
    snprintf(out->receiver, sizeof(out->receiver), "%.*s", (int)key.n, key.p);
    out->by = transport_by_name(table_col_text(row, "transport", word, sizeof(word)));
    if (!out->by)
        return faulty(e, "transport");
    out->gap_ms = table_col_i64(row, "gap_ms", 0);
    table_col_text(row, "closed", out->closed, sizeof(out->closed));
    if (!zone_minutes(table_col_text(row, "time_zone", word, sizeof(word)), &out->tz_min))
        return faulty(e, "time_zone");
    out->poll_ms = table_col_i64(row, "poll_ms", POLL_DEFAULT_MS);
    out->timeout_ms = table_col_i64(row, "timeout_ms", TIMEOUT_DEFAULT_MS);
    return login(row, roots, out, e) != 0 ? -1 : both(row, roots->mail, out, e);
}

/* dest_find - see dest.h */
int dest_find(const struct tables *t, const char *receiver, int32_t on,
              const struct dest_roots *roots, struct dest *out, struct err *e)
{
    struct table_row row;

    switch (tables_find(t, TABLE_ROUTES, receiver, NULL, on, &row)) {
    case LOOKUP_FOUND:
        return dest_of_row(&row, roots, out, e);
    case LOOKUP_NO_EDITION:
        return err_set(e, ERR_RETRY, "no-table", "routes: no edition covers today");
    default:
        return err_set(e, ERR_REJECT, "route", "routes: no row for this receiver");
    }
}
