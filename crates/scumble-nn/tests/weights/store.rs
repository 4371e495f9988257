//! Importing, naming, checking.

use std::path::Path;

use scumble_core::Fault;
use scumble_nn::weights::{Architecture, PixelConvention, Store, VggWeights, trim};

use crate::support::{fixture, folder, vgg, write};

#[test]
fn an_imported_file_comes_back_number_for_number() {
    let folder = folder();
    let store = Store::new(folder.path());
    let file = fixture("vgg_normalised.pth");
    let info = store.import(&file, None, None).unwrap();
    assert_eq!(info.name, "vgg_normalised");
    assert_eq!(info.path.as_deref(), Some(folder.path().join("models/vgg_normalised.safetensors").as_path()));
    assert_eq!((info.layers, info.parameters, info.deepest.as_str()), (16, 20_024_384, "conv5_4"));
    assert!(info.reflect_padding && info.ceil_pooling);
    let (imported, original) = (store.resolve("vgg_normalised").unwrap(), VggWeights::read(&file).unwrap());
    assert_eq!(imported, original);
    assert_eq!(store.info("vgg_normalised").unwrap(), info);
    assert_eq!(store.verify("vgg_normalised").unwrap(), info);
}

#[test]
fn the_users_convention_is_kept_and_so_is_the_name() {
    let folder = folder();
    let store = Store::new(folder.path());
    let file = write(folder.path(), "My File (1).safetensors", &vgg(Architecture::Vgg16, 8), &[]);
    let info = store.import(&file, None, Some(PixelConvention::Caffe)).unwrap();
    assert_eq!(info.name, "my-file--1-");
    assert_eq!(info.source, "My File (1).safetensors");
    assert_eq!(store.resolve("my-file--1-").unwrap().convention, PixelConvention::Caffe);
    assert_eq!(store.info("my-file--1-").unwrap().architecture, Architecture::Vgg16);
    // The same again is no error; something else under that name is, and changes nothing.
    assert_eq!(store.import(&file, None, Some(PixelConvention::Caffe)).unwrap(), info);
    let error = store.import(&file, None, Some(PixelConvention::Torch)).unwrap_err();
    assert_eq!(error.fault(), Fault::Parameter);
    assert!(error.to_string().contains("is there already"), "{error}");
    assert_eq!(store.info("my-file--1-").unwrap(), info);
}

#[test]
fn names_that_would_leave_the_folder_are_refused() {
    let folder = folder();
    let store = Store::new(folder.path());
    let file = write(folder.path(), "a.safetensors", &vgg(Architecture::Vgg19, 1), &[]);
    for name in ["../a", "", ".hidden", "a/b", "ä"] {
        let error = store.import(&file, Some(name), None).unwrap_err();
        assert_eq!(error.fault(), Fault::Parameter, "{name}");
        assert!(store.path(name).is_err() && store.info(name).is_err());
    }
    assert!(!folder.path().join("models").exists(), "nothing was created");
}

#[test]
fn a_refused_file_leaves_nothing_behind() {
    let folder = folder();
    let store = Store::new(folder.path());
    assert!(store.import(&fixture("hostile.pth"), None, None).is_err());
    assert!(!folder.path().join("models").exists());
}

#[cfg(feature = "embedded-vgg19")]
#[test]
fn the_embedded_model_is_first_among_the_named() {
    let folder = folder();
    let store = Store::new(folder.path());
    let file = write(folder.path(), "a.safetensors", &vgg(Architecture::Vgg19, 1), &[]);
    store.import(&file, None, None).unwrap();
    std::fs::write(folder.path().join("models/broken.safetensors"), b"not one").unwrap();
    std::fs::write(folder.path().join("models/notes.txt"), b"").unwrap();
    let listed = store.list().unwrap();
    assert_eq!(listed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["vgg19", "a", "broken"]);
    assert!(listed[0].1.as_ref().is_ok_and(|info| info.path.is_none() && info.layers == 13));
    assert!(listed[1].1.is_ok() && listed[2].1.is_err());
    assert_eq!(store.resolve("vgg19").unwrap(), VggWeights::embedded().unwrap());
    assert!(store.verify("vgg19").is_ok());
    assert!(store.path("vgg19").unwrap_err().to_string().contains("compiled into the program"));
    assert!(store.import(&file, Some("vgg19"), None).unwrap_err().to_string().contains("belongs to"));
    let error = store.resolve("vgg91").unwrap_err();
    assert_eq!(error.fault(), Fault::Weights);
    assert_eq!(error.hint_text(), Some("did you mean 'vgg19'?"));
}

#[test]
fn what_looks_like_a_path_is_read_as_one() {
    let folder = folder();
    let store = Store::new(folder.path());
    let file = write(folder.path(), "a.safetensors", &vgg(Architecture::Vgg19, 2), &[]);
    assert_eq!(store.resolve(&file.display().to_string()).unwrap().layers.len(), 2);
    let error = store.resolve("nowhere/vgg19.pth").unwrap_err();
    assert_eq!(error.to_string(), "nowhere/vgg19.pth: no such file");
}

#[test]
fn verify_notices_a_changed_number() {
    let folder = folder();
    let store = Store::new(folder.path());
    let file = write(folder.path(), "a.safetensors", &vgg(Architecture::Vgg19, 1), &[]);
    let path = store.import(&file, None, None).unwrap().path.unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 4;
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let error = store.verify("a").unwrap_err();
    assert!(error.to_string().contains("changed"), "{error}");
    assert!(error.hint_text().unwrap().contains("import it again"));
}

#[test]
fn trimming_keeps_the_first_layers_unchanged() {
    let folder = folder();
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/vgg19-conv5_1-q8.safetensors");
    let output = folder.path().join("short.safetensors");
    let tags = [("convention", "caffe".to_owned()), ("source", "test".to_owned())];
    let made = trim(&input, &output, "conv2_1", &tags).unwrap();
    assert_eq!((made.layers, made.parameters), (3, 112_576));
    let (short, whole) = (VggWeights::read(&output).unwrap(), VggWeights::read(&input).unwrap());
    assert_eq!(short.layers, whole.layers[..3]);
    assert_eq!((short.source.as_str(), short.sha256.as_str()), ("test", made.sha256.as_str()));
    let again = folder.path().join("again.safetensors");
    assert_eq!(trim(&input, &again, "conv2_1", &tags).unwrap().sha256, made.sha256);

    let error = trim(&input, &output, "conv5_4", &tags).unwrap_err();
    assert!(error.to_string().contains("'conv5_4' is not among them"), "{error}");
    let plain = write(folder.path(), "plain.safetensors", &vgg(Architecture::Vgg19, 3), &[]);
    let error = trim(&plain, &output, "conv2_1", &tags).unwrap_err();
    assert!(error.to_string().contains("not in palette form"), "{error}");
}
