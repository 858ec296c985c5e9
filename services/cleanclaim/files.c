/* files.c - FILE arguments: paths, folders, standard input, .gz and .zip, and what a file is */
#include "services/cleanclaim/cmd.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>
#define ZLIB_CONST
#include <zlib.h>

#include "common/sys/file.h"

/* ends_with - file name endings */
static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), t = strlen(tail);

    return n > t && strcasecmp(s + n - t, tail) == 0;
}

/* skip_blank - past a BOM and white space */
static size_t skip_blank(const unsigned char *p, size_t n)
{
    size_t i = n >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF ? 3 : 0;

    while (i < n && (p[i] == ' ' || p[i] == '\t' || p[i] == '\r' || p[i] == '\n'))
        i++;
    return i;
}

/* cmd_sniff - the first bytes tell (cli.md "Common") */
enum cmd_kind cmd_sniff(const void *p, size_t n)
{
    static const struct {
        const char *start;
        enum cmd_kind kind;
    } rows[] = {{"ISA", CMD_X12},  {"MSH", CMD_HL7}, {"FHS", CMD_HL7}, {"BHS", CMD_HL7},
                {"\x0b", CMD_HL7}, {"{", CMD_FHIR},  {"[", CMD_FHIR}};
    size_t at = skip_blank(p, n);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t len = strlen(rows[i].start);

        if (n - at >= len && memcmp((const char *)p + at, rows[i].start, len) == 0)
            return rows[i].kind;
    }
    return CMD_NOTE;
}

/* cmd_kind_by_name - for --as */
enum cmd_kind cmd_kind_by_name(const char *name)
{
    static const char *const names[CMD_KIND_MAX] = {"x12", "hl7", "fhir", "note"};

    for (int k = 0; k < CMD_KIND_MAX; k++)
        if (strcmp(names[k], name) == 0)
            return (enum cmd_kind)k;
    return CMD_KIND_MAX;
}

/* gone - a file that cannot be read */
static int gone(const char *name, const char *why)
{
    fprintf(stderr, "error: %s: %s\n", name, why);
    return EXIT_GONE;
}

/* each_gz - one compressed file */
static int each_gz(const char *path, cmd_file_fn fn, void *arg)
{
    gzFile gz = gzopen(path, "rb");
    struct buf b;
    char chunk[65536];
    int n, result;

    if (!gz)
        return gone(path, strerror(errno));
    buf_init(&b);
    while ((n = gzread(gz, chunk, sizeof(chunk))) > 0 && b.len < CMD_MAX_FILE)
        buf_add(&b, chunk, (size_t)n);
    if (n != 0 || gzclose_r(gz) != Z_OK || b.failed)
        result = gone(path, "damaged or too large");
    else
        result = fn(arg, &(struct cmd_file){path, b.data ? b.data : "", b.len});
    buf_wipe(&b);
    return result;
}

/* gunzip - a compressed member of an archive; false: damaged or too large */
static bool gunzip(const void *data, size_t n, struct buf *out)
{
    z_stream z = {.next_in = data, .avail_in = (uInt)n};
    unsigned char chunk[65536];
    int r = inflateInit2(&z, 15 + 16);

    while (r == Z_OK && out->len < CMD_MAX_FILE) {
        z.next_out = chunk;
        z.avail_out = sizeof(chunk);
        r = inflate(&z, Z_NO_FLUSH);
        buf_add(out, chunk, sizeof(chunk) - z.avail_out);
    }
    inflateEnd(&z);
    return r == Z_STREAM_END && !out->failed;
}

/* give_member - its bytes, decompressed where it is .gz itself */
static int give_member(const char *name, const void *data, size_t n, cmd_file_fn fn, void *arg)
{
    struct buf b;
    int result;

    if (!ends_with(name, ".gz"))
        return fn(arg, &(struct cmd_file){name, data, n});
    buf_init(&b);
    if (gunzip(data, n, &b))
        result = fn(arg, &(struct cmd_file){name, b.data ? b.data : "", b.len});
    else
        result = gone(name, "damaged or too large");
    buf_wipe(&b);
    return result;
}

/* each_member - one file of an archive */
static int each_member(zip_t *z, zip_uint64_t i, const char *path, cmd_file_fn fn, void *arg)
{
    zip_stat_t st;
    zip_file_t *f;
    char name[4096];
    char *data;
    int result;

    if (zip_stat_index(z, i, 0, &st) != 0 || st.size > CMD_MAX_FILE)
        return gone(path, "a member is damaged or too large");
    snprintf(name, sizeof(name), "%s/%s", path, st.name);
    if (st.size == 0 && ends_with(st.name, "/"))
        return 0;
    f = zip_fopen_index(z, i, 0);
    data = f ? malloc(st.size + 1) : NULL;
    if (data && zip_fread(f, data, st.size) == (zip_int64_t)st.size)
        result = give_member(name, data, st.size, fn, arg);
    else
        result = gone(name, "damaged");
    free(data);
    if (f)
        zip_fclose(f);
    return result;
}

/* each_zip - members in the archive's order */
static int each_zip(const char *path, cmd_file_fn fn, void *arg)
{
    int code, result = 0;
    zip_t *z = zip_open(path, ZIP_RDONLY, &code);

    if (!z)
        return gone(path, "not a zip archive that can be read");
    for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++)
        result = cmd_worse(result, each_member(z, (zip_uint64_t)i, path, fn, arg));
    zip_discard(z);
    return result;
}

/* each_plain - one file as it is */
static int each_plain(const char *path, cmd_file_fn fn, void *arg)
{
    struct err e = {0};
    struct buf b;
    int result;

    buf_init(&b);
    if (file_read(path, CMD_MAX_FILE, &b, &e) != 0) {
        fprintf(stderr, "error: %s\n", e.text);
        result = EXIT_GONE;
    } else {
        result = fn(arg, &(struct cmd_file){path, b.data ? b.data : "", b.len});
    }
    buf_wipe(&b);
    return result;
}

/* not_hidden - for scandir */
static int not_hidden(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static int each_path(const char *path, cmd_file_fn fn, void *arg);

/* each_folder - sorted by bytes */
static int each_folder(const char *path, cmd_file_fn fn, void *arg)
{
    struct dirent **list;
    char child[4096];
    int n = scandir(path, &list, not_hidden, alphasort), result = 0;

    if (n < 0)
        return gone(path, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (file_join(child, sizeof(child), path, list[i]->d_name))
            result = cmd_worse(result, each_path(child, fn, arg));
        free(list[i]);
    }
    free(list);
    return result;
}

/* each_path - by what it is */
static int each_path(const char *path, cmd_file_fn fn, void *arg)
{
    struct stat st;

    if (strcmp(path, "-") != 0 && stat(path, &st) != 0)
        return gone(path, strerror(errno));
    if (strcmp(path, "-") != 0 && S_ISDIR(st.st_mode))
        return each_folder(path, fn, arg);
    if (ends_with(path, ".gz"))
        return each_gz(path, fn, arg);
    if (ends_with(path, ".zip"))
        return each_zip(path, fn, arg);
    return each_plain(path, fn, arg);
}

/* cmd_files - all arguments, in their order */
int cmd_files(int n, char **paths, cmd_file_fn fn, void *arg)
{
    int result = 0;

    for (int i = 0; i < n; i++)
        result = cmd_worse(result, each_path(paths[i], fn, arg));
    return result;
}
