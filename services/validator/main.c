/* main.c - the validator */
#include "services/validator/validator.h"

int main(int argc, char **argv)
{
    return svc_main(&validator_spec, argc, argv);
}
