/* folders.c - folders of a run */
#include "tests/sim/folders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "tests/sim/sim.h"
#include "tests/support/folder.h"

enum { PATH_SIZE = 4096 };

/* folders_exists - is there such a folder? */
bool folders_exists(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* folders_remove - with what is in it; not there is well, too */
void folders_remove(const char *path)
{
    if (folders_exists(path))
        folder_remove(path);
}

/* copy_file - its bytes */
static void copy_file(const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    struct stat s = {0};

    if (in < 0 || out < 0 || fstat(in, &s) != 0 ||
        (s.st_size && sendfile(out, in, NULL, (size_t)s.st_size) != s.st_size))
        sim_fail("simulator: %s: %s", from, strerror(errno));
    close(in);
    close(out);
}

/* folders_copy - depth first */
void folders_copy(const char *from, const char *to)
{
    struct dirent **list;
    int n = scandir(from, &list, NULL, alphasort);
    char a[PATH_SIZE], b[PATH_SIZE];

    if (n >= 0)
        mkdir(to, 0750);
    for (int i = 0; i < n; i++) {
        if (strcmp(list[i]->d_name, ".") != 0 && strcmp(list[i]->d_name, "..") != 0 &&
            file_join(a, sizeof(a), from, list[i]->d_name) &&
            file_join(b, sizeof(b), to, list[i]->d_name)) {
            if (folders_exists(a))
                folders_copy(a, b);
            else
                copy_file(a, b);
        }
        free(list[i]);
    }
    if (n >= 0)
        free(list);
}
