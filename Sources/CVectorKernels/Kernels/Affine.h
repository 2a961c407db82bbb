// A scale and a shift for each channel.

static void affinePixels(const AssayAffine *run, int64_t first, int64_t end) {
    const int64_t whole = run->channels / ASSAY_LANES * ASSAY_LANES;
    const Floats lowest = (Floats)0 + run->lowest, highest = (Floats)0 + run->highest;
    for (int64_t pixel = first; pixel < end; pixel++) {
        const float *source = run->source + pixel * run->sourceStep;
        float *result = run->result + pixel * run->resultStep;
        for (int64_t channel = 0; channel < whole; channel += ASSAY_LANES) {
            Floats value = load(source + channel) * load(run->scale + channel) + load(run->shift + channel);
            store(result + channel, atMost(atLeast(value, lowest), highest));
        }
        if (whole < run->channels) {
            const int64_t rest = run->channels - whole;
            Floats value = loadPart(source + whole, rest) * loadPart(run->scale + whole, rest)
                + loadPart(run->shift + whole, rest);
            storePart(result + whole, atMost(atLeast(value, lowest), highest), rest);
        }
    }
}
