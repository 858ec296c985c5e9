/* drg.c - a small version of the MS-DRG definitions */
#include "tests/support/drg.h"

#include <stddef.h>

/* clang-format off */
static const char dx[] =
    "# code\tmdc\tmdc_male\tmdc_female\tseverity\texclusion_collection\tattributes\tcategory_attributes\thac_attributes\thac_numbers\n"
    "I5020\t5\t\t\tCC\t1\t\tdxc0505\t\t\n"
    "I5021\t5\t\t\tMCC\t1\t\tdxc0505\t\t\n"
    "I2101\t5\t\t\tMCC\t\tami\tdxc0501\t\t\n"
    "I469\t5\t\t\tMCC\t\tmccalive\tdxc0599\t\t\n"
    "J9601\t4\t\t\tMCC\t\t\tdxc0401\t\t\n"
    "N179\t11\t\t\tCC\t\trenalfail\tdxc1102\t\t\n"
    "E119\t10\t\t\tNCC\t\tdiabetes\tdxc1001\t\t\n"
    "N3001\t11\t\t\tCC\t\t\tdxc1101\tHAC06 hac06_sdx\t6\n"
    "T83511A\t11\t\t\tCC\t\t\tdxc1101\tHAC06 hac06_sdx hac06_show\t6\n"
    "T8131XA\t21\t\t\tCC\t\t\tdxc2101\tHAC02\t2\n"
    "T8149XA\t18\t\t\tMCC\t\t\tdxc1801\tHAC08\t8\n"
    "C61\t12\t\t\tCC\t\t\tdxc1201\t\t\n"
    "N800\t12\t11\t13\tNCC\t\t\tdxc1101\t\t\n"
    "O80\t14\t\t\tNCC\t\t\tdxc1401\t\t\n"
    "Z3800\t15\t\t\tNCC\t\tincident\tdxc1501\t\t\n"
    "P0730\t15\t\t\tCC\t\t\tdxc1502\t\t\n"
    "Z23\t23\t\t\tNCC\t\tincident\tdxc2301\t\t\n"
    "F1010\t20\t\t\tNCC\t\t\tdxc2001\t\t\n"
    "S0101XA\t9\t\t\tNCC\t\tstrauma sthead\tdxc0901\t\t\n"
    "S2101XA\t9\t\t\tCC\t\tstrauma stchest\tdxc0901\t\t\n"
    "S0201XA\t1\t\t\tCC\t\tstrauma sthead stchest\tdxc0101\t\t\n"
    "W1830XA\t0\t\t\tNCC\t\t\t\t\t\n";
static const char px[] =
    "# code\tattributes\n"
    "02HK0KZ\tNORcathnor nonor\n"
    "0JH609Z\td468 pocket\n"
    "02YA0Z0\td468 heartxp\n"
    "0TY00Z0\td468 kidneyxp\n"
    "0DTJ4ZZ\td477 appendec\n"
    "0HBT0ZZ\td468 breast\n"
    "027034Z\tarterial d468 stent2 vessel1\n"
    "027134Z\tarterial d468 stent3 vessel2\n"
    "0SR90JZ\td468 righthip\n"
    "0SRB0JZ\td468 lefthip\n"
    "0SG00A0\td468 sglantfuse\n"
    "0SG0070\td468 sglpostfuse sglpostfuse1\n"
    "5A1955Z\tnonor\n"
    "3E0234Z\thac08_proc nonor\n"
    "Z@0001\td468 defib\n";
static const char exclusion[] =
    "# collection\texcluded secondary codes\n"
    "1\tI5020 I5021\n";
static const char formulas[] =
    "# mdc\torder\trank\tbase_drg\tdrg\tsurgical\treroute_mdc\tdrg_severity\tseverity_suppression\tformula\n"
    "0\t0\t1\t0\t0\tNA\t0\t0\t\tSDX:mccalive & INVALID_DSTAT\n"
    "0\t1\t2\t0\t0\tNA\t0\t0\t\tINVALID_PDX\n"
    "0\t2\t3\t0\t0\tNA\t0\t0\t\tPDX_ECODE\n"
    "0\t3\t5\t1\t1\tSURGICAL\t0\t0\t\theartxp & MCC\n"
    "0\t4\t6\t1\t2\tSURGICAL\t0\t0\t\theartxp\n"
    "0\t5\t21\t0\t0\tNA\t24\t0\t\tPDX:strauma & MULTST\n"
    "0\t6\t23\t0\t0\tNA\t11\t0\t\tkidneyxp\n"
    "0\t7\t24\t0\t0\tNA\t0\t0\t\tINVALID_SEX\n"
    "5\t1\t20\t291\t291\tMEDICAL\t0\t0\t\tMCC & PDX:dxc0505\n"
    "5\t2\t21\t291\t292\tMEDICAL\t0\t0\t\tCC & PDX:dxc0505\n"
    "5\t3\t22\t291\t293\tMEDICAL\t0\t0\t\tPDX:dxc0505\n"
    "5\t4\t15\t0\t0\tNA\t0\t0\t\tANY:ami & INVALID_DSTAT\n"
    "5\t5\t16\t280\t280\tMEDICAL\t0\t0\tami\tALIVE & MCC & ANY:ami\n"
    "5\t6\t17\t280\t282\tMEDICAL\t0\t0\tami\tALIVE & ANY:ami\n"
    "5\t7\t18\t283\t285\tMEDICAL\t0\t0\t\tDIED & ANY:ami\n"
    "5\t8\t1\t276\t276\tSURGICAL\t0\t0\t\tdefib & (MCC | CC)\n"
    "5\t9\t2\t276\t277\tSURGICAL\t0\t0\t\tdefib\n"
    "5\t10\t3\t250\t250\tSURGICAL\t0\t0\t\tpocket & ~breast\n"
    "5\t11\t4\t321\t321\tSURGICAL\t0\t0\t\tarterial & (MCC | FOUR_STENTS | FOUR_VESSELS)\n"
    "5\t12\t5\t321\t322\tSURGICAL\t0\t0\t\tarterial\n"
    "5\t13\t10\t0\t0\tNA\t29\t0\t\t(d468 | d477)\n"
    "5\t14\t6\t0\t0\tNA\t0\t0\t\tMDC05\n"
    "4\t0\t1\t189\t189\tMEDICAL\t0\t0\t\tPDX:dxc0401 & NONE\n"
    "4\t1\t2\t190\t190\tMEDICAL\t0\t0\t\tANYDX\n"
    "8\t0\t1\t461\t461\tSURGICAL\t0\t0\t\tBILATERAL\n"
    "11\t0\t1\t652\t652\tSURGICAL\t0\t0\t\tkidneyxp\n"
    "11\t1\t2\t682\t683\tMEDICAL\t0\t0\t\tCC\n"
    "11\t2\t3\t682\t684\tMEDICAL\t0\t0\t\tPDX:dxc1102 | PDX:dxc1101\n"
    "13\t0\t1\t760\t760\tMEDICAL\t0\t0\t\tPDX:dxc1101\n"
    "12\t0\t1\t722\t722\tMEDICAL\t0\t0\t\tPDX:dxc1201 | PDX:dxc1101\n"
    "15\t0\t1\t0\t0\tNA\t0\t0\t\tINVALID_DSTAT\n"
    "15\t1\t2\t789\t789\tMEDICAL\t0\t0\t\t(DIED | XFRNBA)\n"
    "15\t2\t3\t795\t795\tMEDICAL\t0\t0\t\tONLY:incident\n"
    "15\t3\t4\t794\t794\tMEDICAL\t0\t0\t\tANYDX\n"
    "20\t0\t1\t894\t894\tMEDICAL\t0\t0\t\tPDX:dxc2001 & AMA\n"
    "20\t1\t2\t897\t897\tMEDICAL\t0\t0\t\tPDX:dxc2001 & ~AMA\n"
    "24\t0\t1\t963\t965\tMEDICAL\t0\t0\t\tPDX:strauma & MULTST\n"
    "9\t0\t1\t604\t605\tMEDICAL\t0\t0\t\tPDX:dxc0901\n"
    "29\t0\t1\t981\t981\tSURGICAL\t0\t0\t\tMCC & d468\n"
    "29\t1\t2\t981\t983\tSURGICAL\t0\t0\t\td468\n"
    "29\t2\t3\t987\t989\tSURGICAL\t0\t0\t\td477\n";
static const char hac[] =
    "# hac\torder\tformula\n"
    "2\t0\tSDX:HAC02\n"
    "6\t0\tSDX:hac06_sdx | (SDX:hac06_sdx & SDX:hac06_show)\n"
    "8\t0\tSDX:HAC08 & hac08_proc\n";
static const char clusters[] =
    "# cluster\tsuppressed_mdcs\tchoice\tcodes\n"
    "Z@0001\t29 5\t1\t02HK0KZ\n"
    "Z@0001\t29 5\t2\t0JH609Z\n";
static const char names[] =
    "# kind\tnumber\ttext\n"
    "drg\t1\tHeart transplant with MCC\n"
    "drg\t291\tHeart failure with MCC\n"
    "mdc\t5\tCirculatory system\n";
/* clang-format on */

const struct drg_file drg_files[] = {
    {"dx.tsv", dx},
    {"px.tsv", px},
    {"exclusion_collections.tsv", exclusion},
    {"formulas.tsv", formulas},
    {"hac_formulas.tsv", hac},
    {"clusters.tsv", clusters},
    {"descriptions.tsv", names},
    {NULL, NULL},
};
