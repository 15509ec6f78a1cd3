//! When the app itself fails.

use wasm_bindgen::JsValue;

/// A panic stops the app where it stands. Says so, instead of leaving buttons that do nothing.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        let document = leptos::prelude::document();
        if let (Some(body), Ok(notice)) = (document.body(), document.create_element("p")) {
            notice.set_class_name("crash");
            drop(notice.set_attribute("role", "alert"));
            // Not from the texts: what failed may be what reads them.
            notice.set_text_content(Some(
                "Werkbak is vastgelopen. Laad de pagina opnieuw. / Werkbak has crashed. Reload the page.",
            ));
            drop(body.append_child(&notice));
        }
    }));
}
