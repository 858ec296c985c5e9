/* sftp.c - files by SFTP (libcurl with libssh2)
 *
 * The host's key is compared with the row's fingerprints before anything is said of us; another key
 * stops the route. What was uploaded is looked at by its size, and by its bytes where they can be
 * read; a drop box that lets nobody read is asked for its listing. OpenSSH's rename never replaces
 * a file that is there. */
#include "services/submitter/deliver/sftp.h"

#include <stdio.h>
#include <string.h>

#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/submitter/deliver/wire.h"

enum { URL = DEST_PATH + 3 * PARCEL_NAME, LIST_MAX = 4 << 20 };

/* Ours, of begin, which said why; libcurl's own CURLE_FAILED_INIT is a server that broke off in the
 * middle of the handshake. */
#define NOT_BEGUN CURLE_BAD_FUNCTION_ARGUMENT

/* known_key - is the host's key one of the row's? */
static int known_key(void *arg, int type, const char *key, size_t n)
{
    const struct dest *d = arg;
    char print[DIGEST_PRINT];
    struct span rest = span_of(d->host_key);

    (void)type;
    digest_print(key, n, print);
    while (rest.n)
        if (span_is(span_trim(span_cut(&rest, ' ')), print))
            return CURLKHMATCH_OK;
    return CURLKHMATCH_MISMATCH;
}

/* identify - a private key, or a password, from the row's secret */
static int identify(CURL *c, const struct dest *d, struct err *e)
{
    struct buf secret;
    int r;

    buf_init(&secret);
    r = wire_secret(d, &secret, e);
    curl_easy_setopt(c, CURLOPT_USERNAME, d->user);
    if (r == 0 && str_starts(secret.data, "-----BEGIN ")) {
        curl_easy_setopt(c, CURLOPT_SSH_AUTH_TYPES, (long)CURLSSH_AUTH_PUBLICKEY);
        curl_easy_setopt(c, CURLOPT_SSH_PRIVATE_KEYFILE, d->secret);
    } else if (r == 0) {
        curl_easy_setopt(c, CURLOPT_SSH_AUTH_TYPES,
                         (long)(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD));
        curl_easy_setopt(c, CURLOPT_PASSWORD, secret.data);
    }
    buf_wipe(&secret);
    return r;
}

/* begin - a request for dir/name; NULL: *e says why */
static CURL *begin(struct dest *d, const char *dir, const char *name, struct err *e)
{
    const char *slash = dir[strlen(dir) - 1] == '/' ? "" : "/";
    char url[URL], *safe;
    CURL *c = NULL;

    if (!d->host_key[0] || !d->user[0]) {
        err_set(e, ERR_RETRY, "host-key", "routes: user or host_key is empty");
        return NULL;
    }
    safe = curl_easy_escape(NULL, name, 0);
    if (safe && snprintf(url, sizeof(url), "%s%s%s", dir, slash, safe) < (int)sizeof(url))
        c = wire_begin(d, url, "sftp", e);
    else
        err_set(e, ERR_RETRY, "address", "a file's name is too long");
    curl_free(safe);
    if (!c)
        return NULL;
    curl_easy_setopt(c, CURLOPT_SSH_HOSTKEYFUNCTION, known_key);
    curl_easy_setopt(c, CURLOPT_SSH_HOSTKEYDATA, d);
    return identify(c, d, e) == 0 ? c : NULL;
}

/* run - the request; a server that dies in the middle of the login seems to refuse it: it is asked
 * twice before the route stops */
static CURLcode run(struct dest *d, struct err *e)
{
    const CURLcode code = wire_run(d, e);

    return code == CURLE_LOGIN_DENIED ? wire_run(d, e) : code;
}

/* What libcurl's codes mean for a route that cannot work as it is set up. */
static const struct {
    CURLcode code;
    const char *word;
} stops[] = {
    {NOT_BEGUN, NULL},
    {CURLE_PEER_FAILED_VERIFICATION, "host-key"},
    {CURLE_LOGIN_DENIED, "login"},
    {CURLE_REMOTE_ACCESS_DENIED, "access"},
    {CURLE_UNSUPPORTED_PROTOCOL, "address"},
    {CURLE_URL_MALFORMAT, "address"},
    {CURLE_REMOTE_FILE_NOT_FOUND, "mailbox"},
};

/* stops_route - says so in *e */
static bool stops_route(CURLcode code, struct err *e)
{
    for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
        if (stops[i].code == code) {
            if (stops[i].word)
                str_copy(e->code, sizeof(e->code), stops[i].word);
            return true;
        }
    return false;
}

/* failed - what a failed upload or rename means */
static enum outcome failed(CURLcode code, struct err *e)
{
    if (stops_route(code, e))
        return OUT_STOPPED;
    if (code == CURLE_QUOTE_ERROR)
        str_copy(e->code, sizeof(e->code), "rename");
    if (code == CURLE_REMOTE_DISK_FULL)
        str_copy(e->code, sizeof(e->code), "disk-full");
    return OUT_AWAY;
}

/* put - the whole file, over one that is there */
static enum outcome put(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    struct wire_out out = {p->data, p->size, 0};
    CURL *c = begin(d, d->mailbox, as, e);
    CURLcode code;

    if (!c)
        return OUT_STOPPED;
    wire_send(c, &out);
    code = run(d, e);
    return code == CURLE_OK ? OUT_DONE : failed(code, e);
}

/* fetch - dir/name, up to a limit; CURLE_OK too where there was more */
static CURLcode fetch(struct dest *d, const char *dir, const char *name, struct wire_in *in,
                      struct err *e)
{
    CURL *c = begin(d, dir, name, e);
    CURLcode code;

    if (!c)
        return NOT_BEGUN;
    wire_receive(c, in);
    code = run(d, e);
    return code == CURLE_WRITE_ERROR && in->over ? CURLE_OK : code;
}

/* line_of - the line of a long listing that ends with the name; p NULL: none */
static struct span line_of(const struct buf *listing, const char *name)
{
    struct span rest = {listing->data, listing->len};
    const size_t n = strlen(name);

    while (rest.n) {
        const struct span line = span_trim(span_cut(&rest, '\n'));

        if (line.n > n && line.p[line.n - n - 1] == ' ' &&
            memcmp(line.p + line.n - n, name, n) == 0)
            return line;
    }
    return (struct span){NULL, 0};
}

/* has_word - a word of the line before its name */
static bool has_word(struct span line, const char *word)
{
    while (line.n)
        if (span_is(span_cut(&line, ' '), word))
            return true;
    return false;
}

/* look_listed - by the size in the folder's listing: the file itself cannot be read */
static enum presence look_listed(struct dest *d, const struct parcel *p, const char *as,
                                 struct err *e)
{
    enum presence there = THERE_UNKNOWN;
    struct buf text;
    struct wire_in in = {&text, LIST_MAX, 0, false};
    struct span line;
    CURLcode code;
    char size[24];

    buf_init(&text);
    code = fetch(d, d->mailbox, "", &in, e);
    if (code == CURLE_OK && !in.over) {
        snprintf(size, sizeof(size), "%zu", p->size);
        line = line_of(&text, as);
        there = !line.p ? THERE_NOT : has_word(line, size) ? THERE_SAME : THERE_OTHER;
    } else if (code != CURLE_REMOTE_ACCESS_DENIED) {
        there = THERE_AWAY;
    }
    buf_release(&text);
    return there;
}

/* forget_answer - not there; and no more by this session: libssh2 (1.10) keeps the server's last
 * answer, and gives it again for a question on which the connection breaks */
static enum presence forget_answer(struct dest *d)
{
    wire_end(d);
    return THERE_NOT;
}

/* look - is it there, and is it these bytes? */
static enum presence look(struct dest *d, const struct parcel *p, const char *as, struct err *e)
{
    struct buf text;
    struct wire_in in = {&text, p->size, 0, false};
    enum presence there = THERE_AWAY;
    CURLcode code;

    buf_init(&text);
    code = fetch(d, d->mailbox, as, &in, e);
    if (code == CURLE_OK)
        there = !in.over && text.len == p->size && memcmp(text.data, p->data, p->size) == 0
                    ? THERE_SAME
                    : THERE_OTHER;
    else if (code == CURLE_REMOTE_FILE_NOT_FOUND)
        there = forget_answer(d);
    else if (code == CURLE_REMOTE_ACCESS_DENIED || code == CURLE_SSH || code == CURLE_RECV_ERROR)
        there = look_listed(d, p, as, e);
    else if (stops_route(code, e))
        there = THERE_STOPPED;
    buf_wipe(&text);
    return there;
}

/* command_path - of an address's folder as the server's commands want it: "/~/" is the home */
static const char *command_path(const char *address)
{
    const char *host = strstr(address, "://"), *path = host ? strchr(host + 3, '/') : NULL;

    return !path ? "" : str_starts(path, "/~/") ? path + 3 : path;
}

/* command - one of SFTP's, without a transfer */
static CURLcode command(struct dest *d, const char *dir, const char *line, struct err *e)
{
    struct curl_slist *list;
    CURLcode code = NOT_BEGUN;
    CURL *c = begin(d, dir, "", e);

    if (!c)
        return code;
    list = curl_slist_append(NULL, line);
    if (!list) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
        return CURLE_OUT_OF_MEMORY;
    }
    curl_easy_setopt(c, CURLOPT_QUOTE, list);
    curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
    code = run(d, e);
    curl_easy_setopt(c, CURLOPT_QUOTE, NULL);
    curl_slist_free_all(list);
    return code;
}

/* slash_of - between a folder and a name */
static const char *slash_of(const char *path)
{
    return path[0] && path[strlen(path) - 1] != '/' ? "/" : "";
}

/* move - rename, never over a file that is there; whatever goes wrong, the next try looks */
static enum outcome move(struct dest *d, const char *from, const char *to, struct err *e)
{
    const char *path = command_path(d->mailbox), *slash = slash_of(path);
    char line[2 * URL];
    CURLcode code;

    snprintf(line, sizeof(line), "rename \"%s%s%s\" \"%s%s%s\"", path, slash, from, path, slash,
             to);
    code = command(d, d->mailbox, line, e);
    return code == CURLE_OK ? OUT_DONE : failed(code, e);
}

/* list - names, and each one's line of the long listing as its mark */
static int list(struct dest *d, reply_fn fn, void *arg, struct err *e)
{
    struct buf names, lines;
    struct wire_in in = {&names, LIST_MAX, 0, false}, in2 = {&lines, LIST_MAX, 0, false};
    CURL *c = begin(d, d->replies, "", e);
    int r = -1;

    buf_init(&names);
    buf_init(&lines);
    if (c) {
        curl_easy_setopt(c, CURLOPT_DIRLISTONLY, 1L);
        wire_receive(c, &in);
        if (run(d, e) == CURLE_OK && fetch(d, d->replies, "", &in2, e) == CURLE_OK)
            r = 0;
    }
    for (struct span rest = {names.data, names.len}; r == 0 && rest.n;) {
        const struct span name = span_cut(&rest, '\n');
        char text[PARCEL_NAME], mark[2 * PARCEL_NAME];
        struct span line;

        if (name.n == 0 || name.n >= sizeof(text))
            continue;
        snprintf(text, sizeof(text), "%.*s", (int)name.n, name.p);
        line = line_of(&lines, text);
        snprintf(mark, sizeof(mark), "%.*s", (int)line.n, line.p ? line.p : "");
        if (line.p && line.p[0] == '-' && !strpbrk(text, "\"\\"))
            r = fn(arg, text, mark, e);
    }
    buf_release(&names);
    buf_release(&lines);
    return r;
}

/* get - one reply */
static int get(struct dest *d, const char *name, size_t limit, struct buf *out, struct err *e)
{
    struct wire_in in = {out, limit, 0, false};

    if (fetch(d, d->replies, name, &in, e) != CURLE_OK)
        return -1;
    return in.over ? err_set(e, ERR_REJECT, "size", "a reply is larger than REPLY_MAX_BYTES") : 0;
}

/* take_away - a reply that we have */
static int take_away(struct dest *d, const char *name, struct err *e)
{
    const char *path = command_path(d->replies);
    char line[URL];

    snprintf(line, sizeof(line), "rm \"%s%s%s\"", path, slash_of(path), name);
    return command(d, d->replies, line, e) == CURLE_OK ? 0 : -1;
}

const struct transport sftp_transport = {
    .name = "sftp",
    .put = put,
    .look = look,
    .rename = move,
    .list = list,
    .get = get,
    .remove = take_away,
    .end = wire_end,
};
