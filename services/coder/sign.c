/* sign.c - signs and symptoms that are routinely part of a disease of the visit (I.B.4-6, II.A)
 *
 * No official table says which. Two sources are certain enough for a row: the Excludes1 notes of
 * chapter 18, which send a sign to its disease, and signs that every textbook has in the definition
 * of the disease (cough of a pneumonia, pain of an arthritic joint). What merely often goes with a
 * disease is none: hypoxemia in pneumonia, suicidal ideation in depression, chest pain in reflux
 * stay. So do a sign that a use-additional note of the visit asks for (frequency with an enlarged
 * prostate), and one that is what remained of an injury. */
#include "services/coder/relate.h"

/* Signs, and the diseases that tell them. */
struct part {
    const char *sign, *disease;
};

/* clang-format off */
static const struct part chest[] = {
    {"R000",            "I47-I48;A40-A41;P2911"},
    {"R001",            "I442;I495;P2912"},
    {"R002",            "I47-I48;I491-I494"},
    {"R011",            "I05-I08;I34-I37"},
    {"R030",            "I10-I13;I15-I16;O10-O16"},
    {"R031",            "I95;G903"},
    {"R05",             "A15;A37;J00-J06;J09-J18;J20-J22;J40-J45;J47;J690;U070;U071"},
    {"R0600-R0602;R0609", "I26;I50;J12-J18;J21;J43-J45;J690;J80-J84;J90-J91;J93;J96;U070;U071"},
    {"R0603",           "J80;J96;P22;P285"},
    {"R062",            "J21;J44-J45;U070"},
    {"R0681",           "G473;P283-P284"},
    {"R0682",           "J80;J96;P22"},
    {"R067",            "J00;J30"},
    {"R070",            "J00;J02-J03;J060;J312"},
    {"R0789;R079;R071-R072", "I20-I22;I2511;I257;I30;J12-J18;M940"},
    {"R0781",           "B330;S223-S224"},
    {"R0902",           "J80;J96"},
    {"R0981",           "J00-J01;J069;J30-J32"},
    {"R0982",           "J00-J01;J30-J32"},
};

static const struct part belly[] = {
    {"R10",             "A08-A09;K25-K29;K35-K38;K50-K52;K56;K58;K65;K80-K81;K830;K85;K860-K861;N10;N20-N23;"
                        "K570;K572;K574;K578;K5712-K5713;K5732-K5733;K5752-K5753;K5792-K5793"},
    {"R1013",           "K21;K30"},
    {"R102",            "N70-N73;N80;N944-N946"},
    {"R110-R112",       "A08-A09;G43;K3184;K35;K52;K56;K800;K81;K85;K910;O21;P920"},
    {"R12",             "K21"},
    {"R131",            "K220;K222"},
    {"R17",             "B15-B17;B19;K701;K704;K71-K72;K831;P55;P57-P59"},
    {"R18",             "K7011;K7031;K7151"},
    {"R197",            "A00-A09;K50-K52;K580;K591"},
    {"R300;R350;R3915", "N10;N30;N34;N390;N410"},
    {"R31",             "N02;N20-N21;N3001;N3011;N3021;N3031;N3041;N3081;N3091"},
    {"R32",             "N393-N394;R3981"},
    {"R3915",           "N3941;N3946"},
    {"R34",             "N17"},
    {"R631;R632;R3589", "E08-E13"},
    {"R631;R358",       "E232"},
    {"R80",             "N04;N06;O121-O122;O14"},
    {"R8271;R8281",     "N10;N30;N390"},
    {"R944",            "N17-N19"},
    {"R945;R7401",      "B15-B19;K701-K704;K71;K73;K754;K7581"},
};

static const struct part nerves[] = {
    {"R200-R202",       "E08-E13@s40;E08-E13@s41;E08-E13@s42;G560;G562;G570;G571;G60-G63;M501;M511;M541"},
    {"R251",            "G20-G21;G250-G252"},
    {"R270;R278",       "G11;I69@e93"},
    {"R29810",          "G510;I69@e92"},
    {"R291",            "G00-G03"},
    {"R400-R401",       "E15;F05;G92;G934;K72"},
    {"R410",            "F01-F03;F05;G92;G934;G30"},
    {"R413",            "F01-F04;G30;G3184;G454"},
    {"R4181",           "F01-F03;G30;G3184"},
    {"R4182",           "E15;F05;G92;G934;I674;K7682"},
    {"R42",             "H81;I951"},
    {"R440-R443",       "F20-F29;F302;F315;F323;F333"},
    {"R450",            "F40-F41"},
    {"R4681",           "F42"},
    {"R4701",           "I69@e20"},
    {"R4702",           "I69@e21"},
    {"R471",            "I69@e22"},
    {"R482",            "I69@e90"},
    {"R51;H5314",       "G43"},
    {"R51",             "G00-G03;G44;G971;S060"},
    {"R5382-R5383",     "G9331-G9332;G9339"},
    {"R55",             "G9001;G903;I951;T671"},
    {"R569",            "F445;G40;O15;P90"},
    {"R561",            "G40"},
};

static const struct part general[] = {
    {"R21",             "A38;B01-B02;B05-B06;B08-B09;L20-L27;L30;L50"},
    {"L299",            "B86;L20;L23-L25;L50"},
    {"R509",            "A00-A09;A38-A41;A90-A91;B01;B05-B06;B27;B349;B50-B54;G00-G03;H660;I33;J02-J05;J09-J18;"
                        "K35;K65;N10;N12;N410;O864;P819;U071"},
    {"R59",             "B27;C77;C81-C86;I88;L04"},
    {"R600-R601;R609",  "I50;N04"},
    {"R600;R609",       "I872;I890;O120;O122"},
    {"R61",             "L745"},
    {"R630",            "F500;F5089"},
    {"R634;R636",       "F500"},
    {"R635",            "E66;O260"},
    {"R636",            "E40-E46"},
    {"R64",             "E41;E88A"},
    {"R682",            "E860;K117;M350"},
    {"R6883",           "A40-A41;J09-J11;J13-J15;N10;R509"},
    {"R6884",           "M266"},
    {"R71",             "D45;D50-D64;D750-D751"},
    {"R730",            "E08-E13;O24;O9981"},
    {"R761",            "A15-A19"},
    {"R7681",           "M05"},
    {"R7881",           "A021;A227;A267;A327;A392-A394;A40-A41;A427;A5486;B377;O85;P36"},
    {"R791",            "D65-D68"},
    {"R8561",           "D013;K6282"},
    {"R8581",           "A630"},
    {"R8761",           "D06;N87"},
    {"R8762",           "D072;N89"},
    {"R9401",           "G40"},
    {"R942",            "J43-J45"},
    {"R9431",           "I21-I22;I44-I49"},
    {"R946",            "E03;E05"},
};

/* Pain of a joint or of the spine; an injury of the right side has 1, of the left 2, at its side. */
static const struct part pain[] = {
    {"M25511",          "M19011;M19111;M19211;M7501;M75101;M75111-M75122@61;M7521;M7531;M7541;M7551;S420-S422@i14;S434@i14"},
    {"M25512",          "M19012;M19112;M19212;M7502;M75102;M75112-M75122@62;M7522;M7532;M7542;M7552;S420-S422@i25;S434@i25"},
    {"M25521",          "M19021;M19121;M19221;M7711;M7701;S424@i14;S520-S521@i14;S534@i14;S5001"},
    {"M25522",          "M19022;M19122;M19222;M7712;M7702;S424@i25;S520-S521@i25;S534@i25;S5002"},
    {"M25531",          "M19031;M19131;M19231;S525@i14;S620-S621@i14;S635@i14"},
    {"M25532",          "M19032;M19132;M19232;S525@i25;S620-S621@i25;S635@i25"},
    {"M25551",          "M160;M1611;M162;M1631;M164;M1651;M7061;S720-S722@i14;S731@i14;S7001"},
    {"M25552",          "M160;M1612;M162;M1632;M164;M1652;M7062;S720-S722@i25;S731@i25;S7002"},
    {"M25561",          "M170;M1711;M172;M1731;M2241;M7041;S820-S821@i14;S834-S835@i14;S8001"},
    {"M25562",          "M170;M1712;M172;M1732;M2242;M7042;S820-S821@i25;S834-S835@i25;S8002"},
    {"M25571",          "M19071;M19171;M19271;S8251;S8254;S8261;S8264;S8284-S8285@i14;S934@i14;S9001"},
    {"M25572",          "M19072;M19172;M19272;S8252;S8255;S8262;S8265;S8284-S8285@i25;S934@i25;S9002"},
    {"M542",            "M50;S134;S161"},
    {"M541",            "M501;M511;M472"},
    {"M543-M544",       "M511"},
    {"M545",            "M512;M51360;M51362;M51370;M51372;M544;M4806-M4807;S335;S39012"},
    {"M546",            "M5124;M5125;S233;S29012"},
    {"M549",            "M541-M546"},
    {"M791",            "M60;M797"},
};
/* clang-format on */

/* wanted - a note of another diagnosis asks for the sign beside it */
static bool wanted(struct work *w, const struct dx *sign)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (&w->dx[i] != sign && dx_listed(&w->dx[i]) && dx_wants(w, &w->dx[i], sign->code))
            return true;
    return false;
}

/* told_by - the first sure disease of the set that is no sequela; NULL: none */
static struct dx *told_by(struct work *w, const char *refs)
{
    struct dx *any = dx_sure(w, refs);

    for (size_t i = 0; any && i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (dx_listed(d) && !work_uncertain(d) && dx_in(d, refs) && !dx_in(d, "S00-T88@7S"))
            return d;
    }
    return NULL;
}

/* tell - the signs of one row */
static void tell(struct work *w, const struct rule *r, const struct part *p)
{
    struct dx *disease = dx_among(w, p->sign) ? told_by(w, p->disease) : NULL;

    for (size_t i = 0; disease && i < w->n_dx; i++) {
        struct dx *sign = &w->dx[i];

        if (sign != disease && dx_listed(sign) && dx_in(sign, p->sign) && !wanted(w, sign))
            dx_absorb(w, r, disease, sign);
    }
}

/* Parts, and the signs that any of them is about. */
static const struct {
    const char *any;
    const struct part *parts;
    size_t n;
} tables[] = {
    {"R00-R09", chest, sizeof(chest) / sizeof(chest[0])},
    {"R10-R39;R63;R80-R94", belly, sizeof(belly) / sizeof(belly[0])},
    {"H53;R20-R56", nerves, sizeof(nerves) / sizeof(nerves[0])},
    {"L29;R21-R94", general, sizeof(general) / sizeof(general[0])},
    {"M25;M54;M79", pain, sizeof(pain) / sizeof(pain[0])},
};

/* has_any - is a diagnosis of the visit, or the reason for it, of the set? */
static bool has_any(const struct work *w, const char *refs)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_CODED && dx_in(&w->dx[i], refs))
            return true;
    return false;
}

/* sign_of - see relate.h */
bool sign_of(const struct work *w, const char *disease)
{
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++)
        for (size_t i = 0; has_any(w, tables[t].any) && i < tables[t].n; i++)
            if (dx_code_in(disease, tables[t].parts[i].disease) &&
                has_any(w, tables[t].parts[i].sign))
                return true;
    return false;
}

/* rule_sign - a sign of a disease that the visit has is not coded beside it */
void rule_sign(struct work *w, const struct rule *r)
{
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++)
        for (size_t i = 0; dx_among(w, tables[t].any) && i < tables[t].n; i++)
            tell(w, r, &tables[t].parts[i]);
}
