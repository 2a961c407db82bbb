import Operators
import TestKit
import Testing

/// The page of passes equals what the catalogue says.
@Suite struct PassPageTests {
    @Test func pageOfPasses() throws {
        let rows = PassCatalogue.standard.passes.map { pass in
            "| `\(pass.name)` | \(pass.summary) | \(pass.neededOpset.map(String.init) ?? "") |"
        }
        try expectPage(head + rows.joined(separator: "\n") + "\n" + tail, "optimize.md")
    }

    private var head: String {
        """
        # Optimising a model

        `assay optimize MODEL` rewrites an ONNX file into an equal one that is cheaper to run, and writes ordinary ONNX \
        again: any engine takes the result.

        ```
        assay optimize model.onnx -o smaller.onnx
        assay optimize model.onnx --passes constant-folding,dead-code -o smaller.onnx
        assay optimize model.onnx --without gelu --max-opset 20 -o smaller.onnx
        assay optimize mobilenet-v2 --explain --engine native,onnxruntime
        assay optimize model.onnx --shape x=1x3x224x224 --check
        ```

        Without `-o` the result is `NAME.optimized.onnx` in the present folder; with `--explain` or `--check` nothing is \
        written unless `-o` says so. The model itself is overwritten only with `--force`.

        `--explain` shows a line for each application of a pass that found something: how many places it rewrote, the \
        nodes, operations and traffic that are left, the time of a run over that of the model as it was on each engine \
        (both loaded in one worker, in turns, with a 95 % interval), and the largest difference of the outputs, \
        max|a−b| / max|b|. `--check` compares the outputs before and after, and ends with exit code 1 where they differ by \
        more than 1e-4. `--json` prints the record.

        ## The passes

        They run in this order, again and again until none finds anything more.

        | pass | what it does | needs operator set |
        |---|---|---|

        """
    }

    private var tail: String {
        """

        ## What stays

        - Inputs, outputs and their names; metadata; functions that are called. Bodies of control flow and local functions \
        are rewritten too.
        - The operator set, unless `--max-opset N` allows a newer one and a pass has a use for it; it is raised no further \
        than that pass needs, and not at all where an operator of the model changed its meaning in between. The IR version \
        becomes the lowest that expresses the result.
        - Inputs that have a default (an initializer among the inputs, IR version 4 and newer) remain inputs; \
        `--freeze-defaults` makes constants of them. In older files such initializers are constants, and are taken off the \
        list of inputs.
        - NaN, infinities and the sign of zero, in every rule of `algebraic-simplification`: x·0 is not 0, and x+0 is not x \
        (−0 + 0 is 0); x+(−0) is.
        - Random numbers: nothing random is folded, or merged with its equal.
        - Quantisation: nodes that quantise or dequantise constants are not folded, since engines recognise quantised \
        operators by them.

        Passes that fold layers or patterns, and `reassociation`, change the order of roundings. Outputs of `f32` and \
        `f64` then differ in their last places; anything that jumps (rounding, comparison, the index of a maximum) can \
        show that where its input lies within rounding of the jump. Everything else is exact.

        Shapes that a file states of inner values are not believed, since engines do not hold files to them: only what \
        follows from the inputs and constants is used.

        ## Soak

        `assay optimize --soak 10000 --seed 1` makes random graphs over the whole catalogue, with patterns planted, and \
        tries every pass alone and all of them in 20 random orders on each; `assay optimize --soak-models all` does so \
        with the models of the zoo, on an engine. Counted are results that break a rule of the format, do not run, have \
        another interface, never settle, or whose outputs differ by more than 1e-4 (integers, truth values and strings: at \
        all). A graph is the same for the same seed; `--write FOLDER` keeps the graphs with inputs and outputs.

        Graphs that magnify rounding are not made: where changing every rounded value by half a millionth changes an \
        output by more than a twenty-thousandth of its largest element, the next graph of the seed is taken.

        """
    }
}
