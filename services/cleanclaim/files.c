/* files.c - FILE arguments: paths, folders, standard input, .gz and .zip, and what a file is */
#include "services/cleanclaim/cmd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
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

/* cmd_kind_given - by its name */
bool cmd_kind_given(const char *as, enum cmd_kind *kind)
{
    static const char *const names[CMD_KIND_MAX] = {"x12", "hl7", "fhir", "note"};
    int k = 0;

    while (k < CMD_KIND_MAX && !(as && strcmp(names[k], as) == 0))
        k++;
    *kind = (enum cmd_kind)k;
    return !as || k < CMD_KIND_MAX;
}

/* gone - a file that cannot be read */
static int gone(const char *name, const char *why)
{
    fprintf(stderr, "error: %s: %s\n", name, why);
    return EXIT_GONE;
}

struct each {
    cmd_stream_fn fn;
    void *arg;
};

/* each_stream - opened, its first bytes read, handed over */
static int each_stream(const struct each *each, const char *name, size_t most,
                       ssize_t (*read)(void *source, void *p, size_t n), void *source)
{
    struct cmd_stream s;
    int result = 0;

    if (!cmd_stream_open(&s, name, most, read, source))
        return gone(name, "no memory for it");
    cmd_stream_fill(&s, 0);
    if (!s.failed)
        result = each->fn(each->arg, &s);
    if (s.failed)
        result = gone(name, "damaged or cannot be read");
    cmd_stream_close(&s);
    return result;
}

/* read_gz - of a compressed file; its end is checked too */
static ssize_t read_gz(void *source, void *p, size_t n)
{
    int got = gzread(source, p, (unsigned)n), code = Z_OK;

    if (got == 0)
        gzerror(source, &code);
    return got < 0 || code != Z_OK ? -1 : got;
}

/* each_gz - one compressed file */
static int each_gz(const char *path, const struct each *each)
{
    gzFile gz = gzopen(path, "rb");
    int result;

    if (!gz)
        return gone(path, strerror(errno));
    result = each_stream(each, path, 0, read_gz, gz);
    gzclose_r(gz);
    return result;
}

/* A member of an archive, decompressed where it is .gz itself. */
struct member {
    zip_file_t *file;
    z_stream z;
    unsigned char in[65536];
    bool ended;
};

/* read_member - as it is */
static ssize_t read_member(void *source, void *p, size_t n)
{
    return (ssize_t)zip_fread(((struct member *)source)->file, p, n);
}

/* read_gz_member - decompressed */
static ssize_t read_gz_member(void *source, void *p, size_t n)
{
    struct member *m = source;
    int r = Z_OK;

    m->z.next_out = p;
    m->z.avail_out = (uInt)n;
    while (!m->ended && m->z.avail_out && r == Z_OK) {
        if (m->z.avail_in == 0) {
            const zip_int64_t got = zip_fread(m->file, m->in, sizeof(m->in));

            if (got <= 0)
                return -1;
            m->z.next_in = m->in;
            m->z.avail_in = (uInt)got;
        }
        r = inflate(&m->z, Z_NO_FLUSH);
        m->ended = r == Z_STREAM_END;
    }
    return r == Z_OK || m->ended ? (ssize_t)(n - m->z.avail_out) : -1;
}

/* give_member - opened */
static int give_member(const struct each *each, const char *name, size_t size, zip_file_t *f)
{
    struct member *m = calloc(1, sizeof(*m));
    int result;

    if (!m)
        return gone(name, "no memory for it");
    m->file = f;
    if (!ends_with(name, ".gz"))
        result = each_stream(each, name, size + 1, read_member, m);
    else if (inflateInit2(&m->z, 15 + 16) != Z_OK)
        result = gone(name, "no memory for it");
    else
        result = each_stream(each, name, 0, read_gz_member, m);
    inflateEnd(&m->z);
    free(m);
    return result;
}

enum { ARCHIVE_DEPTH = 4 };

static int each_archive(zip_t *z, const char *path, int depth, const struct each *each);

/* open_bytes - an archive in memory; NULL: it is none */
static zip_t *open_bytes(const void *data, size_t n)
{
    zip_error_t error;
    zip_source_t *source;
    zip_t *z;

    zip_error_init(&error);
    source = zip_source_buffer_create(data, n, 0, &error);
    z = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !z)
        zip_source_free(source);
    zip_error_fini(&error);
    return z;
}

/* nested - an archive inside an archive */
static int nested(const char *name, size_t size, zip_file_t *f, int depth, const struct each *each)
{
    char *data = size && size <= CMD_MAX_FILE && depth < ARCHIVE_DEPTH ? malloc(size) : NULL;
    zip_t *z =
        data && zip_fread(f, data, size) == (zip_int64_t)size ? open_bytes(data, size) : NULL;
    int result = z ? each_archive(z, name, depth + 1, each)
                   : gone(name, "not a zip archive that can be read, or too deep inside others");

    free(data);
    return result;
}

/* each_member - one file of an archive */
static int each_member(zip_t *z, zip_uint64_t i, const char *path, int depth,
                       const struct each *each)
{
    zip_stat_t st;
    zip_file_t *f;
    char name[4096];
    int result;

    if (zip_stat_index(z, i, 0, &st) != 0)
        return gone(path, "a member is damaged");
    snprintf(name, sizeof(name), "%s/%s", path, st.name);
    if (st.size == 0 && ends_with(st.name, "/"))
        return 0;
    f = zip_fopen_index(z, i, 0);
    if (!f)
        return gone(name, "damaged");
    result = ends_with(name, ".zip") ? nested(name, st.size, f, depth, each)
                                     : give_member(each, name, st.size, f);
    zip_fclose(f);
    return result;
}

/* each_archive - members in the archive's order; closes it */
static int each_archive(zip_t *z, const char *path, int depth, const struct each *each)
{
    int result = 0;

    for (zip_int64_t i = 0; i < zip_get_num_entries(z, 0); i++)
        result = cmd_worse(result, each_member(z, (zip_uint64_t)i, path, depth, each));
    zip_discard(z);
    return result;
}

/* each_zip - from a file */
static int each_zip(const char *path, const struct each *each)
{
    int code;
    zip_t *z = zip_open(path, ZIP_RDONLY, &code);

    return z ? each_archive(z, path, 1, each) : gone(path, "not a zip archive that can be read");
}

/* read_fd - of a descriptor */
static ssize_t read_fd(void *source, void *p, size_t n)
{
    ssize_t got;

    while ((got = read(*(int *)source, p, n)) < 0 && errno == EINTR)
        ;
    return got;
}

/* each_plain - one file as it is, or standard input */
static int each_plain(const char *path, const struct each *each)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), result;
    struct stat st;

    if (fd < 0 || fstat(fd, &st) != 0)
        return gone(path, strerror(errno));
    result =
        each_stream(each, path, S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : 0, read_fd, &fd);
    if (!is_stdin)
        close(fd);
    return result;
}

/* not_hidden - for scandir */
static int not_hidden(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static int each_path(const char *path, const struct each *each);

/* each_folder - sorted by bytes */
static int each_folder(const char *path, const struct each *each)
{
    struct dirent **list;
    char child[4096];
    int n = scandir(path, &list, not_hidden, alphasort), result = 0;

    if (n < 0)
        return gone(path, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (file_join(child, sizeof(child), path, list[i]->d_name))
            result = cmd_worse(result, each_path(child, each));
        free(list[i]);
    }
    free(list);
    return result;
}

/* each_path - by what it is */
static int each_path(const char *path, const struct each *each)
{
    struct stat st;

    if (strcmp(path, "-") != 0 && stat(path, &st) != 0)
        return gone(path, strerror(errno));
    if (strcmp(path, "-") != 0 && S_ISDIR(st.st_mode))
        return each_folder(path, each);
    if (ends_with(path, ".gz"))
        return each_gz(path, each);
    if (ends_with(path, ".zip"))
        return each_zip(path, each);
    return each_plain(path, each);
}

/* cmd_streams - all arguments, in their order */
int cmd_streams(int n, char **paths, cmd_stream_fn fn, void *arg)
{
    const struct each each = {fn, arg};
    int result = 0;

    for (int i = 0; i < n; i++)
        result = cmd_worse(result, each_path(paths[i], &each));
    return result;
}

struct whole {
    cmd_file_fn fn;
    void *arg;
};

/* on_stream - read to its end */
static int on_stream(void *arg, struct cmd_stream *s)
{
    const struct whole *w = arg;

    if (cmd_stream_whole(s, CMD_MAX_FILE))
        return w->fn(w->arg, &(struct cmd_file){s->name, s->data, s->size});
    return s->failed ? EXIT_GONE : gone(s->name, "too large");
}

/* cmd_files - each as a whole */
int cmd_files(int n, char **paths, cmd_file_fn fn, void *arg)
{
    struct whole w = {fn, arg};

    return cmd_streams(n, paths, on_stream, &w);
}
