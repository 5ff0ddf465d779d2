/* image_empty.c - the library image of the boot stage: there is none yet. */
#include "api/library_image.h"

const unsigned char li_image[1] = {0};
const size_t li_image_bytes = 0;
