#!/usr/bin/env bash
# run.sh BUILD - the measures of reading and looking up; what needs ../shared/data is skipped without it. ALL=1: lookups of every
# description instead of one in ten. FIT=1: fits common/text/lists/weights.tsv and families.tsv anew on the even half of the corpus.
set -eu
build=$1 data=../shared/data
if [ ! -e $data/icd10cm/cms_2026_dx.zip ]; then
    echo "accuracy: skipped, no $data"
    exit 0
fi
work=$build/accuracy
mkdir -p "$work"
[ -e "$work/tabs" ] || "$build/bin/cleanclaim" tables load --tables "$work/tabs" $data/icd10cm/cms_2026_dx.zip \
    $data/icd10cm/icd10cm_tabular_April-2026.zip $data/icd10cm/icd10cm_index_2025_flat.zip \
    $data/icd10cm/icd10cm_neoplasm_drug_eindex_April-2026.zip >"$work/load.log" 2>&1 || [ -e "$work/tabs" ]
tests/accuracy/lookup.py "$build" "$work/tabs" ${ALL:+--all}
if [ ! -e $data/codiesp-train/codiesp_train_en.zip ]; then
    echo "codiesp: skipped, no corpus"
    exit 0
fi
[ ! -e $data/icd10cm/icd10cm_conversion_FY2026.zip ] || unzip -qod "$work" $data/icd10cm/icd10cm_conversion_FY2026.zip '*.tsv'
unzip -qod "$work" $data/codiesp-train/codiesp_train_en.zip
"$build/tests/accuracy/text_dump" "$work/tabs" 20260301 "$work"/train/text_files_en/*.txt >"$work/candidates.tsv"
tests/accuracy/notes.py "$work" ${FIT:+--fit}
