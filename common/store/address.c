/* address.c - where Redis is, and how to be let in: the rows of the settings */
#include "common/store/private.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
const struct conf_row store_settings[] = {
    {"REDIS_URL", CONF_TEXT, "redis://127.0.0.1:6379/0", 0, 0, NULL, "code tables: redis://host:port/db, rediss:// for TLS, or unix:///path"},
    {"REDIS_PASSWORD", CONF_SECRET, "", 0, 0, NULL, "password of Redis, or user:password of an ACL user"},
    {"REDIS_CA_FILE", CONF_TEXT, "", 0, 0, NULL, "rediss://: authorities that may vouch for Redis, PEM; empty: the system's"},
    {"REDIS_CERT_FILE", CONF_TEXT, "", 0, 0, NULL, "rediss://: our certificate, PEM, if Redis asks for one"},
    {"REDIS_KEY_FILE", CONF_TEXT, "", 0, 0, NULL, "rediss://: its key, PEM"},
    {"REDIS_TIMEOUT_MS", CONF_NUMBER, "5000", 10, 600000, NULL, "how long to wait for Redis to connect or to answer"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

/* read_port - ":6380", or nothing for the usual one */
static bool read_port(struct store *s, const char *p)
{
    char number[16];
    int64_t n;

    s->port = 6379;
    if (*p != ':')
        return true;
    snprintf(number, sizeof(number), "%.*s", (int)strcspn(p + 1, "/"), p + 1);
    if (!str_to_i64(number, &n) || n < 1 || n > 65535)
        return false;
    s->port = (int)n;
    return true;
}

/* read_host - a name or address, an IPv6 one in brackets; NULL: none, else where it ends */
static const char *read_host(struct store *s, const char *p)
{
    bool bracket = *p == '[';
    const char *start = p + bracket;
    size_t n = strcspn(start, bracket ? "]/" : ":/");

    if (n == 0 || n >= sizeof(s->host) || (bracket && start[n] != ']'))
        return NULL;
    memcpy(s->host, start, n);
    s->host[n] = '\0';
    return start + n + bracket;
}

/* read_url - redis://host:port/db, rediss://…, or unix:///path */
static bool read_url(struct store *s, const char *url)
{
    const char *end;
    int64_t n;

    if (str_starts(url, "unix://"))
        return str_copy(s->host, sizeof(s->host), url + 7) && s->host[0] == '/';
    s->tls = str_starts(url, "rediss://");
    if (!s->tls && !str_starts(url, "redis://"))
        return false;
    end = read_host(s, url + (s->tls ? 9 : 8));
    if (!end || (*end && *end != ':' && *end != '/') || !read_port(s, end))
        return false;
    end += strcspn(end, "/");
    if (!end[0] || !end[1])
        return true;
    if (!str_to_i64(end + 1, &n) || n < 0 || n > 10000)
        return false;
    s->db = (int)n;
    return true;
}

/* store_address - host and password; the URL is not shown, somebody may have put a password there
 */
int store_address(struct store *s, const struct conf *c, struct err *e)
{
    const char *url = conf_text(c, "REDIS_URL");

    if (strchr(url, '@'))
        return err_set(e, ERR_FATAL, "setting",
                       "REDIS_URL: no user or password in it: REDIS_PASSWORD_FILE names a file");
    if (!read_url(s, url))
        return err_set(
            e, ERR_FATAL, "setting",
            "REDIS_URL: expected redis://host:port/db, rediss://host:port/db or unix:///path");
    if (!str_copy(s->password, sizeof(s->password), conf_text(c, "REDIS_PASSWORD")))
        return err_set(e, ERR_FATAL, "setting", "REDIS_PASSWORD_FILE: too long");
    return 0;
}
