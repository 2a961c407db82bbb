// Declarations of what Assay calls in libturbojpeg and libpng, which are opened at run time. They follow the published
// interfaces: the TurboJPEG C API (version 2, kept by version 3) and libpng 1.6's simplified interface.

#ifndef ASSAY_CIMAGECODECS_H
#define ASSAY_CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

// TurboJPEG ------------------------------------------------------------------------------------------------------

typedef void *assay_tj_handle;

enum {
    ASSAY_TJ_FORMAT_RGB = 0,
    ASSAY_TJ_FORMAT_GRAY = 6,
    // The slow, exact integer DCT; upsampling stays at its default, triangular ("fancy").
    ASSAY_TJ_FLAG_ACCURATE_DCT = 4096,
    // Refuse more than 500 progressive scans (TurboJPEG 2.1 and newer; unknown to older ones, which ignore it).
    ASSAY_TJ_FLAG_LIMIT_SCANS = 32768,
};

typedef assay_tj_handle (*assay_tj_init)(void);
typedef int (*assay_tj_destroy)(assay_tj_handle handle);
typedef int (*assay_tj_decompress)(
    assay_tj_handle handle, const unsigned char *source, unsigned long source_size, unsigned char *target, int width,
    int pitch, int height, int pixel_format, int flags);
typedef char *(*assay_tj_error_text)(assay_tj_handle handle);
// 0: a warning, the picture was decoded as far as possible; 1: fatal.
typedef int (*assay_tj_error_code)(assay_tj_handle handle);

// libpng ---------------------------------------------------------------------------------------------------------

enum {
    ASSAY_PNG_IMAGE_VERSION = 1,
    ASSAY_PNG_FORMAT_FLAG_ALPHA = 1,
    ASSAY_PNG_FORMAT_FLAG_COLOR = 2,
    ASSAY_PNG_FORMAT_GRAY = 0,
    ASSAY_PNG_FORMAT_RGB = 2,
};

typedef struct {
    void *opaque;
    uint32_t version;
    uint32_t width;
    uint32_t height;
    uint32_t format;
    uint32_t flags;
    uint32_t colormap_entries;
    uint32_t warning_or_error;
    char message[64];
} assay_png_image;

typedef int (*assay_png_begin_read)(assay_png_image *image, const void *memory, size_t size);
typedef int (*assay_png_finish_read)(
    assay_png_image *image, const void *background, void *buffer, int32_t row_stride, void *colormap);
typedef int (*assay_png_write)(
    assay_png_image *image, void *memory, size_t *memory_bytes, int convert_to_8_bit, const void *buffer,
    int32_t row_stride, const void *colormap);
typedef void (*assay_png_free)(assay_png_image *image);

#endif
