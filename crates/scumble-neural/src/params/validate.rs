//! Checks beyond the types: the schema's ranges, layer names, contradictions.

use scumble_core::{Error, Result};

use super::{NeuralParams, OptimizerKind};

/// Most steps of a scale, as the schema says of `iterations`.
const MOST_STEPS: u32 = 1_000_000;

impl NeuralParams {
    /// Checks what the types do not: every number against its range in the schema, and that the parts
    /// go together.
    ///
    /// # Errors
    /// Names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        let schema = schemars::schema_for!(NeuralParams);
        let value = serde_json::to_value(self).map_err(|e| Error::parameter(format!("parameters: {e}")))?;
        if let Some(properties) = schema.get("properties").and_then(|p| p.as_object()) {
            for (name, property) in properties {
                check_range(name, &value[name], property)?;
            }
        }
        if self.content_weight > 0.0 && self.content_layers.is_empty() {
            return Err(Error::parameter("content_layers is empty").hint("name a layer, or set content_weight to 0"));
        }
        if self.style_weight > 0.0 && self.style_terms.is_empty() {
            return Err(Error::parameter("style_terms is empty").hint("add a term, or set style_weight to 0"));
        }
        let own = self.style_terms.iter().map(|term| &term.layers);
        if self.style_weight > 0.0 && own.chain(&self.style_layers).any(Vec::is_empty) {
            return Err(
                Error::parameter("a list of style layers is empty").hint("name a layer, or set style_weight to 0")
            );
        }
        let terms = self.style_terms.iter().flat_map(|term| &term.layers);
        let mut layers = self.content_layers.iter().chain(self.style_layers.iter().flatten()).chain(terms);
        if let Some(layer) = layers.find(|l| !l.weight.is_finite() || l.weight < 0.0) {
            return Err(Error::parameter(format!(
                "layer {}: weight {} is not a number of 0 or more",
                layer.layer, layer.weight
            )));
        }
        if let Some(steps) = self.scale_iterations.iter().find(|steps| **steps > MOST_STEPS) {
            return Err(Error::parameter(format!("scale_iterations: {steps}, allowed is 0 to {MOST_STEPS}")));
        }
        if let Some(term) = self.style_terms.iter().find(|t| !t.factor.is_finite() || t.factor < 0.0) {
            return Err(Error::parameter(format!("style_terms: factor {} is not a number of 0 or more", term.factor)));
        }
        Ok(())
    }

    /// Whether the picture shown is a running mean of the points: Adam's only, L-BFGS does not circle around what it seeks.
    pub fn averages(&self) -> bool {
        self.optimizer == OptimizerKind::Adam && self.avg_decay > 0.0
    }

    /// Every layer the losses in use name.
    pub fn layer_names(&self) -> impl Iterator<Item = &str> {
        let content = self.content_layers.iter().filter(|_| self.content_weight > 0.0);
        let own = self.style_terms.iter().flat_map(|t| &t.layers).filter(|_| self.style_layers.is_none());
        let style = own.chain(self.style_layers.iter().flatten()).filter(|_| self.style_weight > 0.0);
        content.chain(style).map(|l| l.layer.as_str())
    }
}

/// A number against `minimum` and `maximum` of its schema; JSON turns what is not finite into null.
fn check_range(name: &str, value: &serde_json::Value, schema: &serde_json::Value) -> Result<()> {
    let (low, high) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
    let is_number = low.is_some() || high.is_some();
    let allowed = || match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("{high} or less"),
        (None, None) => "a number".to_owned(),
    };
    match value.as_f64() {
        Some(number) if low.is_some_and(|l| number < l) || high.is_some_and(|h| number > h) => {
            Err(Error::parameter(format!("{name} is {number}, allowed is {}", allowed())))
        }
        // An absent optional value serialises as absent, a NaN as null.
        None if is_number && value.is_null() && schema["type"] == "number" => {
            Err(Error::parameter(format!("{name} is not a finite number, allowed is {}", allowed())))
        }
        _ => Ok(()),
    }
}
