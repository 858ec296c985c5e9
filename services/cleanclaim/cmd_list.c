/* cmd_list.c - the subcommands as rows; a command that does not exist yet has no row */
#include "services/cleanclaim/cmd.h"

/* clang-format off */
const struct cmd cmd_list[] = {
    {NULL, NULL, NULL, NULL},
};
/* clang-format on */
