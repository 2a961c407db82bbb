import Studies
import TestKit
import Testing

/// Pages that are made from declarations equal what the declarations say.
@Suite struct DocumentationTests {
    @Test func referenceOfEvaluations() throws {
        try expectPage(EvaluateReference.markdown, "evaluate-reference.md")
    }

    @Test func schemaOfCosts() throws {
        try expectPage(CostSpec.jsonSchema + "\n", "Schemas/cost.schema.json")
    }

    @Test func schemaOfEvaluations() throws {
        try expectPage(EvaluateSpec.jsonSchema + "\n", "Schemas/evaluate.schema.json")
    }

    @Test func schemaOfComparisons() throws {
        try expectPage(CompareSpec.jsonSchema + "\n", "Schemas/compare.schema.json")
    }

    @Test func schemaOfGateFiles() throws {
        try expectPage(GateSpec.jsonSchema + "\n", "Schemas/gate.schema.json")
    }

    @Test func schemaOfStability() throws {
        try expectPage(StabilitySpec.jsonSchema + "\n", "Schemas/stability.schema.json")
    }

    @Test func schemaOfProvisions() throws {
        try expectPage(ProvisionSpec.jsonSchema + "\n", "Schemas/provision.schema.json")
    }

    @Test func schemaOfLoad() throws {
        try expectPage(LoadSpec.jsonSchema + "\n", "Schemas/load.schema.json")
    }
}
