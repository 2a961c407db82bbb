// Declarations of what Assay calls in libturbojpeg, libpng, libwebp and OpenJPEG, which are opened at run time. They
// follow the published interfaces: the TurboJPEG C API (version 2, kept by version 3), libpng 1.6's simplified interface,
// libwebp 1's simple decoder, and OpenJPEG 2.

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

// libwebp --------------------------------------------------------------------------------------------------------

typedef int (*assay_webp_info)(const uint8_t *data, size_t size, int *width, int *height);
typedef uint8_t *(*assay_webp_decode)(
    const uint8_t *data, size_t size, uint8_t *target, size_t target_size, int row_stride);

// OpenJPEG -------------------------------------------------------------------------------------------------------

enum {
    ASSAY_OPJ_CODEC_J2K = 0,
    ASSAY_OPJ_CODEC_JP2 = 2,
    // Colour spaces: 0 is not stated, 1 sRGB, 2 gray; those above are YCC and CMYK.
    ASSAY_OPJ_COLOR_GRAY = 2,
};

typedef struct assay_opj_object *assay_opj_object;

// Filled and read by the library alone; its own structure takes 8,244 bytes.
typedef struct {
    uint64_t content[2048];
} assay_opj_parameters;

typedef struct {
    uint32_t step_x, step_y, width, height, x0, y0, precision, bits, is_signed, resolutions, factor;
    int32_t *data;
    uint16_t alpha;
} assay_opj_component;

typedef struct {
    uint32_t x0, y0, x1, y1, component_count;
    int32_t color_space;
    assay_opj_component *components;
    uint8_t *profile;
    uint32_t profile_size;
} assay_opj_image;

typedef size_t (*assay_opj_read)(void *buffer, size_t count, void *user);
typedef int64_t (*assay_opj_skip)(int64_t count, void *user);
typedef int (*assay_opj_seek)(int64_t place, void *user);

typedef assay_opj_object (*assay_opj_create)(int format);
typedef void (*assay_opj_destroy)(assay_opj_object object);
typedef void (*assay_opj_defaults)(assay_opj_parameters *parameters);
typedef int (*assay_opj_setup)(assay_opj_object codec, assay_opj_parameters *parameters);
typedef assay_opj_object (*assay_opj_stream_create)(size_t buffer_size, int is_input);
typedef void (*assay_opj_set_read)(assay_opj_object stream, assay_opj_read function);
typedef void (*assay_opj_set_skip)(assay_opj_object stream, assay_opj_skip function);
typedef void (*assay_opj_set_seek)(assay_opj_object stream, assay_opj_seek function);
typedef void (*assay_opj_set_user)(assay_opj_object stream, void *user, void (*release)(void *user));
typedef void (*assay_opj_set_length)(assay_opj_object stream, uint64_t length);
typedef int (*assay_opj_read_header)(assay_opj_object stream, assay_opj_object codec, assay_opj_image **image);
typedef int (*assay_opj_decode)(assay_opj_object codec, assay_opj_object stream, assay_opj_image *image);
typedef void (*assay_opj_image_destroy)(assay_opj_image *image);

#endif
