/* file.c - whole files */
#include "common/sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* read_all - until the end or the limit */
static int read_all(int fd, const char *path, size_t limit, struct buf *out, struct err *e)
{
    char chunk[65536];
    ssize_t n;

    while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(e, ERR_RETRY, "file", "%s: %s", path, strerror(errno));
        if (out->len + (size_t)n > limit)
            return err_set(e, ERR_REJECT, "size", "%s: over %zu bytes", path, limit);
        buf_add(out, chunk, (size_t)n);
    }
    explicit_bzero(chunk, sizeof(chunk));
    if (out->failed)
        return err_set(e, ERR_RETRY, "memory", "%s: out of memory", path);
    return 0;
}

/* file_read - path or standard input */
int file_read(const char *path, size_t limit, struct buf *out, struct err *e)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int r;

    if (fd < 0)
        return err_set(e, ERR_RETRY, "file", "%s: %s", path, strerror(errno));
    r = read_all(fd, path, limit, out, e);
    if (!is_stdin)
        close(fd);
    return r;
}

/* write_all - n bytes to a descriptor, then to the disk */
static int write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t w = write(fd, p, n);

        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return -1;
        p += w;
        n -= (size_t)w;
    }
    return fsync(fd);
}

/* sync_dir - so that the rename survives a power cut */
static int sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r;

    if (fd < 0)
        return -1;
    r = fsync(fd);
    close(fd);
    return r;
}

/* file_write - whole or not at all */
int file_write(const char *dir, const char *name, const void *p, size_t n, struct err *e)
{
    char temporary[4096], final[4096];
    int fd, r;

    if (!file_join(final, sizeof(final), dir, name) ||
        snprintf(temporary, sizeof(temporary), "%s/.%s.tmp", dir, name) >= (int)sizeof(temporary))
        return err_set(e, ERR_FATAL, "file", "%s: path too long", dir);
    fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0)
        return err_set(e, ERR_RETRY, "file", "%s: %s", temporary, strerror(errno));
    r = write_all(fd, p, n);
    if (close(fd) != 0 || r != 0 || rename(temporary, final) != 0 || sync_dir(dir) != 0)
        return err_set(e, ERR_RETRY, "file", "%s: %s", final, strerror(errno));
    return 0;
}

/* file_make_dirs - every missing folder of a path */
int file_make_dirs(const char *path, struct err *e)
{
    char part[4096];

    if (!str_copy(part, sizeof(part), path))
        return err_set(e, ERR_FATAL, "file", "%s: path too long", path);
    for (char *p = part + 1;; p++) {
        char c = *p;

        if (c != '/' && c != '\0')
            continue;
        *p = '\0';
        if (mkdir(part, 0750) != 0 && errno != EEXIST)
            return err_set(e, ERR_RETRY, "file", "%s: %s", part, strerror(errno));
        *p = c;
        if (c == '\0')
            return 0;
    }
}

/* file_exists - anything of that name */
bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* file_join - folder and name */
bool file_join(char *out, size_t size, const char *dir, const char *name)
{
    int n = snprintf(out, size, "%s/%s", dir, name);

    return n >= 0 && (size_t)n < size;
}
