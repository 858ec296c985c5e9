/* main.c - the coder */
#include "services/coder/coder.h"

#include "common/svc/svc.h"

int main(int argc, char **argv)
{
    return svc_main(&coder_spec, argc, argv);
}
