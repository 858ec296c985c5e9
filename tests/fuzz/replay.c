/* replay.c - a fuzz target as a test: NAME_replay gives it every file of tests/fuzz/NAME,
 * tests/fuzz/crashes/NAME and the seeds made of the samples. An input it once broke on is a file of
 * crashes/. */
#include <dirent.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/sys/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

enum { INPUT_MAX = 1 << 20 };

/* replay - one file, from memory of exactly its size */
static void replay(const char *path)
{
    struct err e = {0};
    struct buf b;
    uint8_t *exact;

    buf_init(&b);
    if (file_read(path, INPUT_MAX, &b, &e) != 0) {
        fprintf(stderr, "%s: %s\n", path, e.text);
        abort();
    }
    exact = malloc(b.len ? b.len : 1);
    if (!exact)
        abort();
    if (b.len)
        memcpy(exact, b.data, b.len);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(exact, b.len);
    free(exact);
    buf_release(&b);
}

/* replay_folder - every file of it; a folder that is not there has none */
static unsigned replay_folder(const char *dir)
{
    struct dirent **found;
    int n = scandir(dir, &found, NULL, alphasort);
    unsigned replayed = 0;
    char path[1024];

    for (int i = 0; i < n; i++) {
        if (found[i]->d_name[0] != '.' && file_join(path, sizeof(path), dir, found[i]->d_name)) {
            replay(path);
            replayed++;
        }
        free(found[i]);
    }
    if (n >= 0)
        free(found);
    return replayed;
}

int main(int argc, char **argv)
{
    const char *build = getenv("CC_BUILD");
    char *name = basename(argv[0]), *end = strstr(name, "_replay");
    char dir[512];
    unsigned n;

    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    if (!end)
        return 2;
    *end = '\0';
    snprintf(dir, sizeof(dir), "%s/tests/seeds/%s", build ? build : "build", name);
    n = replay_folder(dir);
    snprintf(dir, sizeof(dir), "tests/fuzz/%s", name);
    n += replay_folder(dir);
    snprintf(dir, sizeof(dir), "tests/fuzz/crashes/%s", name);
    n += replay_folder(dir);
    if (n == 0) {
        printf("[  FAILED  ] %s: no inputs\n", name);
        return 1;
    }
    printf("[       OK ] %s: %u inputs\n", name, n);
    return 0;
}
