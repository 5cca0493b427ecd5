package dev.vicino.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;

/** The text model of all tests, loaded once. */
final class Model {
    static final EmbeddingModel MINI_LM = new AllMiniLmL6V2QuantizedEmbeddingModel();

    private Model() {}
}
