/* folder.c - folders of a test: made, looked into, removed */
#include "tests/support/folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "tests/support/test.h"

/* folder_make - below TMPDIR */
void folder_make(char *out, size_t size, const char *name)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(out, size, "%s/%s.XXXXXX", tmp ? tmp : "/tmp", name);
    assert_non_null(mkdtemp(out));
}

/* folder_remove - depth first */
void folder_remove(const char *path)
{
    struct dirent **list;
    char child[4096];
    int n = scandir(path, &list, NULL, NULL);

    for (int i = 0; i < n; i++) {
        if (strcmp(list[i]->d_name, ".") != 0 && strcmp(list[i]->d_name, "..") != 0 &&
            file_join(child, sizeof(child), path, list[i]->d_name) && unlink(child) != 0)
            folder_remove(child);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    rmdir(path);
}

/* folder_look - names and the first content */
int folder_look(const char *path, const char *prefix, struct buf *out)
{
    struct dirent **list;
    char child[4096];
    struct err e = {0};
    int n = scandir(path, &list, NULL, alphasort), seen = 0;

    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        const char *name = list[i]->d_name;

        if (name[0] != '.' && (!prefix || strncmp(name, prefix, strlen(prefix)) == 0)) {
            if (seen++ == 0 && out) {
                assert_true(file_join(child, sizeof(child), path, name));
                assert_int_equal(file_read(child, 1 << 24, out, &e), 0);
            }
        }
        free(list[i]);
    }
    free(list);
    return seen;
}

/* folder_shell - see folder.h */
void folder_shell(const char *path, const char *command)
{
    char line[4096];

    snprintf(line, sizeof(line), "cd %s && { %s\n} >/dev/null 2>&1", path, command);
    assert_int_equal(system(line), 0); /* NOLINT(cert-env33-c): a test's own words */
}
