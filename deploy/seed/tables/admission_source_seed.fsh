CodeSystem: CLM_ADMSN_SRC_CD
Title: "Seed: point of origin"
Id: CLM-ADMSN-SRC-CD
Description: "A few codes in our own words, for demos and tests."
* ^status = #active
* ^content = #fragment

* #1 "from outside a facility (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)"
* #2 "clinic or office (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)"
* #3 "RESERVED FOR NATIONAL ASSIGNMENT (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)"
* #4 "another hospital (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)"
* #5 "nursing facility (NON-NEWBORN)/born here (NEWBORN)"
* #6 "another facility (NON-NEWBORN)/born elsewhere (NEWBORN)"
* #8 "court or law enforcement (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)"
* #9 "not known (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)"
* #D "another unit of this hospital (NON-NEWBORN)"
* #E "ambulatory surgery center (NON-NEWBORN)"
* #F "hospice (NON-NEWBORN)"
* #G "disaster alternative site (EFFECTIVE 7/1/2020)"
