//! Takes functions out of a module that nothing calls, but that wasm-opt would keep.
//!
//! js-sys declares many functions of JavaScript that take a closure. For each type of closure there is a Rust function that calls it.
//! wasm-bindgen's command-line tool is told of it by its place in the table of functions, exports those that JavaScript calls, and
//! leaves all of them in the table, where wasm-opt must take them for used: 0.4 to 0.9 KB of each module. The same goes for the tasks of
//! JSPI (suspending WebAssembly), which the crate does not use.

use std::{collections::BTreeSet, iter};

use anyhow::{Context, Result, bail};
use wasm_encoder::{ConstExpr, ElementSection, Elements, Module, RawSection};
use wasmparser::{ElementItems, ElementKind, ElementSectionReader, KnownCustom, Name, Parser, Payload};

/// What the names of these functions contain. Should a compiler give such a name to a function that is used, its calls would trap,
/// which the page tests of the module find.
const DEAD: [&str; 2] = ["::convert::closures::_::invoke", "::futures::jspi::task_waker::"];

/// Returns the module with nothing in the places of the table that hold such functions.
pub fn remove(wasm: &[u8]) -> Result<Vec<u8>> {
    let dead = dead_functions(wasm)?;
    if dead.is_empty() {
        bail!(
            "the module has no functions of js-sys for closures: wasm-bindgen names them in another way, or this file has become needless"
        );
    }
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.context("wasm-bindgen wrote a module that cannot be read")?;
        if let Payload::ElementSection(section) = payload {
            module.section(&without(section, &dead)?);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = wasm.get(range).context("a section ends behind its module")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// The indexes of the functions with such a name.
fn dead_functions(wasm: &[u8]) -> Result<BTreeSet<u32>> {
    let mut dead = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(names) = section.as_known() else { continue };
        for names in names {
            let Name::Function(functions) = names? else { continue };
            for function in functions {
                let function = function?;
                if DEAD.iter().any(|part| function.name.contains(part)) {
                    dead.insert(function.index);
                }
            }
        }
    }
    Ok(dead)
}

/// The same elements without those functions. What lies between two of them becomes an element of its own.
fn without(section: ElementSectionReader<'_>, dead: &BTreeSet<u32>) -> Result<ElementSection> {
    let mut elements = ElementSection::new();
    for element in section {
        let element = element?;
        let (ElementKind::Active { table_index, offset_expr }, ElementItems::Functions(functions)) =
            (element.kind, element.items)
        else {
            bail!("the module has a table of functions of a kind that the linker did not make so far");
        };
        let start = match offset_expr.get_operators_reader().read()? {
            wasmparser::Operator::I32Const { value } => value,
            _ => bail!("the place of the functions in their table is not a number"),
        };
        let mut run = Vec::new();
        let functions = functions.into_iter().map(|function| function.map(Some)).chain(iter::once(Ok(None)));
        for (place, function) in (start..).zip(functions) {
            if let Some(live) = function?.filter(|function| !dead.contains(function)) {
                run.push(live);
            } else if !run.is_empty() {
                let offset = ConstExpr::i32_const(place.saturating_sub(i32::try_from(run.len())?));
                elements.active(table_index, &offset, Elements::Functions(run.as_slice().into()));
                run.clear();
            }
        }
    }
    Ok(elements)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, Function, FunctionSection, NameMap, NameSection, RefType, TableSection, TableType,
        TypeSection,
    };

    use super::*;

    /// A module with a function of each name, all in a table from place 1 on, except those in `removed`.
    fn module(names: &[&str], runs: &[(i32, &[u32])]) -> Vec<u8> {
        let (mut types, mut functions, mut tables) =
            (TypeSection::new(), FunctionSection::new(), TableSection::new());
        types.ty().function([], []);
        let table_type = TableType {
            element_type: RefType::FUNCREF,
            minimum: 9,
            maximum: None,
            table64: false,
            shared: false,
        };
        tables.table(table_type);
        let (mut code, mut function_names, mut elements) =
            (CodeSection::new(), NameMap::new(), ElementSection::new());
        for (index, name) in (0..).zip(names) {
            functions.function(0);
            let mut function = Function::new([]);
            function.instructions().end();
            code.function(&function);
            function_names.append(index, name);
        }
        for (start, run) in runs {
            elements.active(None, &ConstExpr::i32_const(*start), Elements::Functions((*run).into()));
        }
        let mut name_section = NameSection::new();
        name_section.functions(&function_names);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&elements);
        module.section(&code).section(&name_section);
        module.finish()
    }

    #[test]
    fn only_dead_functions_leave_the_table() -> Result<()> {
        let invoke = "wasm_bindgen[1f]::convert::closures::_::invoke::<js_sys[2f]::Array, (), true>";
        let waker = "js_sys[2f]::futures::jspi::task_waker::raw_wake";
        let names = [invoke, "a", "b", waker, invoke, "wasm_bindgen[1f]::convert::closures", invoke];
        let all = module(&names, &[(1, &[0, 1, 2, 3, 4, 5, 6])]);
        assert_eq!(remove(&all)?, module(&names, &[(2, &[1, 2]), (6, &[5])]));
        let live = module(&["a", "b"], &[(1, &[1, 0])]);
        assert!(remove(&live).is_err());
        Ok(())
    }
}
