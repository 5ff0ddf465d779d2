/* library_image.h - the compiled standard library, as the build embeds it.
 *
 * limpet-boot writes the definitions into image.c; in limpet-boot itself the image is empty
 * (interp/boot/image_empty.c). See vm/image.h for what the bytes mean.
 */
#ifndef LI_API_LIBRARY_IMAGE_H
#define LI_API_LIBRARY_IMAGE_H

#include <stddef.h>

extern const unsigned char li_image[];
extern const size_t li_image_bytes;

#endif /* LI_API_LIBRARY_IMAGE_H */
